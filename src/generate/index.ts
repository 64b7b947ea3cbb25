export { type ConvertOptions, convertModel } from './convert-model.ts';
export { type GeneratedTokens, type GenerateTokensOptions, generateTokens } from './generate-tokens.ts';
export { type Inference, inference } from './inference.ts';
export type { LikelyToken, TokenLikelihood } from './likely-tokens.ts';
export { loadVocabulary } from './load-vocabulary.ts';
export { type LocalModel, type LocalModelOptions, localModel } from './local-model.ts';
export { type ModelOptions, openModel } from './open-model.ts';
export type { Vocabulary } from './read-vocabulary.ts';
export { type SampleOptions, sample } from './sample.ts';
export { type ScoreTokensOptions, scoreTokens } from './score-tokens.ts';
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
