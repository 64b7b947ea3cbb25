import type { TokenizerName } from '../schema.ts';
import { rougeTokens } from './rouge.ts';

/**
 * States in one sentence that a metric sees no token of some texts, so that it does not measure them; undefined where
 * it sees a token of every text that is not blank.
 *
 * @param metric its name and its tokens, such as `ROUGE counts words of a–z and 0–9`.
 * @param tokenize splits a text into what the metric counts.
 * @param advice sentence that states what to do.
 * @example
 * tokenlessNote('Overlap counts words of a–z', ['春眠不觉晓', 'Spring'], unigrams, 'Count others.');
 * // 'Overlap counts words of a–z, and sees none in 1 of 2 texts. Count others.'
 */
export function tokenlessNote(
  metric: string,
  texts: readonly string[],
  tokenize: (text: string) => readonly string[],
  advice: string,
): string | undefined {
  const unseen = texts.filter(text => text.trim() !== '' && tokenize(text).length === 0);
  if (unseen.length === 0) return undefined;
  return `${metric}, and sees none in ${unseen.length} of ${texts.length} texts. ${advice}`;
}

/** States that ROUGE sees no word of some texts; undefined where it sees one of each. */
export function rougeNote(texts: readonly string[], tokenizer?: TokenizerName): string | undefined {
  return tokenlessNote(
    tokenizer === undefined ? 'ROUGE counts words of a–z and 0–9' : `ROUGE counts the tokens of ${tokenizer}`,
    texts,
    text => rougeTokens(text, { tokenizer }),
    'They score 0; the tokenizers zh, intl and char count words and characters of all scripts.',
  );
}
