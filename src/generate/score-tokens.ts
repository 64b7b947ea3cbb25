import type { Model } from '../model/index.ts';
import { type ScoredSequence, type TokenLikelihoodsOptions, tokenLikelihoods } from './token-likelihoods.ts';

/** Options of {@link scoreTokens}. */
export type ScoreTokensOptions = Pick<TokenLikelihoodsOptions, 'batch' | 'signal'>;

/**
 * Computes the log-likelihood of the end of each sequence after its beginning, summed over its tokens.
 *
 * @returns nats, one number a sequence; 0 where no token counts.
 * @throws as {@link tokenLikelihoods} does.
 * @example
 * // Given tokenizer, model.
 * const question = tokenizer.encode('The capital of France is')
 * const ends = [' Paris', ' Rome'].map(text => tokenizer.encode(text))
 * await scoreTokens(model, ends.map(end => ({ ids: [...question, ...end], from: question.length })))
 */
export async function scoreTokens(
  model: Model,
  sequences: readonly ScoredSequence[],
  { batch, signal }: ScoreTokensOptions = {},
): Promise<number[]> {
  const found = await tokenLikelihoods(model, sequences, { batch, signal });
  return found.map(({ tokens }) => tokens.reduce((sum, { logprob }) => sum + logprob, 0));
}
