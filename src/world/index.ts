export {
  type AdherenceAgreement,
  type AnswerToLabel,
  adherence,
  adherenceAgreement,
  drawAnswersToLabel,
  type LabelledAnswer,
} from './adherence/index.ts';
export { type ArithmeticProblem, arithmeticProblems, arithmeticText } from './arithmetic.ts';
export { buildWorld } from './build-world.ts';
export { type CodingProblem, codingProblems, codingText } from './coding.ts';
export { corpus, corpusByKind } from './corpus.ts';
export { factLookup } from './fact-lookup.ts';
export { type FactQuestion, factQuestions } from './fact-questions.ts';
export { type EventName, type NewsItem, type NewsSplit, news, newsText } from './news.ts';
export { type Claim, nounOf, nounQuestionOf, questionOf, readClaims, statement, WAYS } from './phrasings.ts';
export type { Kind, ObjectType, RelationName, ValueType } from './relations.ts';
export { claimOf, questionAndAnswer } from './statements.ts';
export type {
  Instruction,
  RequestWords,
  SharedWording,
  Split,
  Task,
  Thread,
  WordedRequest,
} from './teacher/index.ts';
export {
  broadInstructions,
  codingRequest,
  continuationRequest,
  forumDocuments,
  forumThreads,
  sharedWordings,
  summaryRequest,
  taskInstructions,
  teacher,
  trainingInstructions,
  truthLabels,
  wordingOf,
} from './teacher/index.ts';
export { LEXICON, type ToxicPrompt, toxicity, toxicPrompts } from './toxicity.ts';
export { truthOf } from './truth-of.ts';
export {
  type CountedDocument,
  type Entity,
  type Fact,
  type FactUse,
  WORLD_SIZES,
  type World,
  type WorldSize,
} from './world.ts';
export { END_OF_TEXT, type WorldTokenizerJson, wordEncoder, worldTokenizer } from './world-tokenizer.ts';
