export type { Answers, FileKind, SkippedRow, SourceReport } from '../readers/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  ChatMessage,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Prompt,
  PromptTurn,
  Rating,
  ToolCall,
} from '../schema.ts';
export type { Budget, Spending } from './budget.ts';
export {
  type CachedCallsOptions,
  type CachedModel,
  clearCachedCalls,
  listCachedCalls,
} from './cached-calls.ts';
export type { CallRecord } from './call-cache.ts';
export type { Completion, CompletionChoice, ServerCall, TokenLogprobs, TokenUsage } from './completion.ts';
export { cutAtStop } from './cut-at-stop.ts';
export { type GenerationSettings, generationSettings, sampleSeed } from './generation-settings.ts';
export { type GgufModel, type GgufOptions, ggufModel } from './gguf-model.ts';
export type {
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  Question,
  ScoreOptions,
  Scoring,
} from './language-model.ts';
export { type OpenAiModel, type OpenAiOptions, openAiModel } from './openai-model.ts';
export { type AskedModel, generationKey, likelihoodKey, type ScoredText } from './output-key.ts';
export type { Patience, Post, Reply } from './post-json.ts';
export { postJson } from './post-json.ts';
export type { Price } from './price.ts';
export { type RecordedOptions, recordedAnswers } from './recorded-answers.ts';
