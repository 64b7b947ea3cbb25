export { type GeneratedTokens, type GenerateTokensOptions, generateTokens } from './generate-tokens.ts';
export { type LocalModel, type LocalModelOptions, localModel } from './local-model.ts';
export { type SampleOptions, sample } from './sample.ts';
export { type ScoredSequence, type ScoreTokensOptions, scoreTokens } from './score-tokens.ts';
