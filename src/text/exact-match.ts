import { splitSpace } from './split-space.ts';

/** Python's `string.punctuation`: ASCII alone, so “¿” and “–” stay. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/**
 * The articles as whole words. A word is made of letters, numbers and `_` of all scripts, as in Python; a combining
 * accent ends it there, so the “a” of a decomposed “à” is an article.
 */
const ARTICLE = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * Normalizes an answer as exact match compares it: letters apart from their accents (Unicode's NFD), lowercase,
 * without ASCII punctuation and the articles a, an and the, white space collapsed.
 *
 * @see Lee et al. 2019, Latent Retrieval for Weakly Supervised Open Domain Question Answering, its evaluation
 * @example
 * normalizeAnswer('The “Beatles”,  a band.'); // '“beatles” band'
 */
export function normalizeAnswer(text: string): string {
  const plain = text.normalize('NFD').toLowerCase().replace(PUNCTUATION, '').replace(ARTICLE, ' ');
  return splitSpace(plain).join(' ');
}

/**
 * Computes exact match of Natural Questions: whether the prediction says the same as any of the answers, both
 * normalised by {@link normalizeAnswer}. Without an answer nothing matches.
 *
 * @example
 * exactMatch('the Beatles.', ['Beatles', 'The Fab Four']); // true
 */
export function exactMatch(prediction: string, answers: readonly string[]): boolean {
  const found = normalizeAnswer(prediction);
  return answers.some(answer => normalizeAnswer(answer) === found);
}
