import type { NormalizerStep } from './offsets/align-normalizer.ts';
import type { PreTokenizerStep } from './pre-tokenizer.ts';

/** A token that was added to a vocabulary; only special ones have no text. */
export interface AddedToken {
  id: number;
  content: string;
  special?: boolean;
  /** True if white space before it, or after it, belongs to it. */
  lstrip?: boolean;
  rstrip?: boolean;
  /** True if it is found as a whole word only. */
  single_word?: boolean;
  /** True if it is looked for in the text that the normalizer returns. */
  normalized?: boolean;
}

/** Content of a `tokenizer.json`, as far as it is used. */
export interface TokenizerJson {
  model: { type?: string; vocab: unknown; [option: string]: unknown };
  added_tokens?: AddedToken[];
  normalizer?: NormalizerStep | null;
  pre_tokenizer?: PreTokenizerStep | null;
  [step: string]: unknown;
}
