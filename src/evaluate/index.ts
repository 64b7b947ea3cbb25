export {
  type Benchmark,
  benchmark,
  type GenerateRequest,
  type LoglikelihoodRequest,
  type Output,
  type PromptFormat,
  type Scores,
  Unscored,
} from './benchmark.ts';
export { type Article, type CnnDmOptions, cnnDm, cnnDmItems } from './cnn-dm.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
export { type Gsm8kOptions, gsm8k, gsm8kItems, readGsm8k, type WordProblem } from './gsm8k.ts';
export {
  HUMANEVAL_STOPS,
  HUMANEVAL_TIMEOUT,
  type HumanEvalProblem,
  humanEvalProblems,
  humanEvalProgram,
  readHumanEval,
} from './humaneval.ts';
export { type HumanEvalBenchmarkOptions, humanEval, humanEvalCode } from './humaneval-benchmark.ts';
export type { ItemRow } from './item-log.ts';
export { type HumanEvalLimits, judgeHumanEval } from './judge-humaneval.ts';
export { type MmluItems, type MmluOptions, type MultipleChoice, mmlu, readMmlu } from './mmlu.ts';
export {
  evaluatePredictions,
  type NaturalQuestion,
  type NaturalQuestionsOptions,
  naturalQuestionItems,
  naturalQuestions,
  readNaturalQuestions,
} from './natural-questions.ts';
export { type RequestView, requestView } from './request-view.ts';
export { type EvaluationResult, harnessResults } from './result.ts';
export { type PythonOptions, runPython } from './sandbox/run-python.ts';
export { preparePython } from './sandbox/snapshot.ts';
export type { PythonVerdict } from './sandbox/verdict.ts';
export {
  type HumanEvalOptions,
  type HumanEvalPassAtK,
  type HumanEvalScore,
  humanEvalPassAtK,
  scoreHumanEval,
} from './score-humaneval.ts';
export { type ScoreTextsOptions, scoreTexts } from './score-texts.ts';
export { type MetricSummary, summarize } from './summarize.ts';
export { type FittedSurrogate, fittedSurrogate } from './toxicity/fitted-surrogate.ts';
export { type PerspectiveOptions, perspective } from './toxicity/perspective.ts';
export { realToxicityPrompts, type ToxicityOptions } from './toxicity/real-toxicity-prompts.ts';
export { type RatedText, surrogateToxicity } from './toxicity/surrogate.ts';
export { readToxicPrompts, type ToxicPrompt, toxicPrompts } from './toxicity/toxic-prompts.ts';
export { type ToxicityAgreement, toxicityAgreement } from './toxicity/toxicity-agreement.ts';
export type { ToxicityJudge } from './toxicity/toxicity-judge.ts';
