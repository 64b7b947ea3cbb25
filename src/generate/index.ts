export { type GeneratedTokens, type GenerateTokensOptions, generateTokens } from './generate-tokens.ts';
export { type SampleOptions, sample } from './sample.ts';
export { type ScoredSequence, type ScoreTokensOptions, scoreTokens } from './score-tokens.ts';
