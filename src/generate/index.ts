export type {
  Budget,
  CallRecord,
  Completion,
  CompletionChoice,
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  OpenAiOptions,
  Patience,
  Price,
  Question,
  ScoreOptions,
  Scoring,
  ServerCall,
  TokenLogprobs,
} from '../chat/index.ts';
export type { EncodedConversation } from '../conversation/index.ts';
export type {
  Activation,
  ElementType,
  GgufType,
  Gpt2Config,
  InitConfig,
  LlamaConfig,
  Model,
  ModelConfig,
  Rope,
  RopeScaling,
  StoredForm,
  Weights,
  WriteOptions,
} from '../model/index.ts';
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
  TrainingSample,
} from '../schema.ts';
export type { Random } from '../stats/index.ts';
export type {
  DecodeOptions,
  EncodeOptions,
  Tokenizer,
  TokensWithOffsets,
} from '../tokenize/index.ts';
export type { Sampler } from '../train/index.ts';
export {
  type AnswerSampler,
  type AnswerSamplerOptions,
  answerSampler,
  type SampledPrompt,
} from './answer-sampler.ts';
export { type ConvertOptions, convertModel } from './convert-model.ts';
export { convertToGguf, type GgufOptions } from './convert-to-gguf.ts';
export type { Decoding, Read } from './decoding.ts';
export { type GeneratedTokens, type GenerateTokensOptions, generateTokens } from './generate-tokens.ts';
export { type Inference, inference } from './inference.ts';
export type { KvCache } from './kv-cache.ts';
export type { LikelyToken, TokenLikelihood } from './likely-tokens.ts';
export { loadVocabulary } from './load-vocabulary.ts';
export { type LocalModel, type LocalModelOptions, localModel } from './local-model.ts';
export { type ModelIdentityOptions, modelIdentity } from './model-identity.ts';
export type { HubModelOptions } from './model-path.ts';
export { type Engine, type ModelOptions, type OpeningRun, openModel } from './open-model.ts';
export type { Member, Tree } from './prefix-trees.ts';
export type { Vocabulary } from './read-vocabulary.ts';
export { type SampleOptions, sample } from './sample.ts';
export { type ScoreTokensOptions, scoreTokens } from './score-tokens.ts';
export type { LocalScoring, Target } from './scoring.ts';
export {
  type ScoredSequence,
  type SequenceLikelihoods,
  type TokenLikelihoodsOptions,
  tokenLikelihoods,
} from './token-likelihoods.ts';
export {
  openTrainableModel,
  type TrainableModel,
  type TrainableModelOptions,
} from './trainable-model.ts';
