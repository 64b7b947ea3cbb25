export { type GeneratedTokens, type GenerateTokensOptions, generateTokens } from './generate-tokens.ts';
export { type SampleOptions, sample } from './sample.ts';
