import {
  BARE_BEGINNING,
  GPT2_PATTERN,
  LLAMA3_PATTERN,
  QWEN2_PATTERN,
  WORD_PATTERN,
} from './pre-tokenizer.ts';
import type { TokenizerJson } from './tokenizer-file.ts';

/** Letters, digits and others as the pre-tokenizers of well-known models cut them: each looks at a character at most twice. */
const KNOWN: readonly string[] = [
  GPT2_PATTERN,
  String.raw`\p{N}`,
  String.raw`\p{N}+`,
  String.raw`\p{N}{1,3}`,
  LLAMA3_PATTERN,
  QWEN2_PATTERN,
  WORD_PATTERN,
  BARE_BEGINNING,
];

/** Reports whether a `tokenizer.json` holds a regular expression that is not known to take time by the length of a text. */
export function hasOwnPatterns({
  normalizer,
  pre_tokenizer,
}: Pick<TokenizerJson, 'normalizer' | 'pre_tokenizer'>): boolean {
  const visit = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(visit);
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([key, member]) =>
      key === 'Regex' && typeof member === 'string' ? !KNOWN.includes(member) : visit(member),
    );
  };
  return visit(normalizer) || visit(pre_tokenizer);
}
