export type {
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  Price,
  Question,
  ScoreOptions,
  Scoring,
} from '../chat/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  ChatMessage,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Prompt,
  PromptTurn,
  ToolCall,
} from '../schema.ts';
export type { Admission } from './admission.ts';
export type { AnswerFacts } from './answer-route.ts';
export { type Client, createHandler, type Handler, type HandlerOptions } from './handler.ts';
export { type ModelServer, type RequestEntry, type ServeOptions, serveModel } from './serve-model.ts';
