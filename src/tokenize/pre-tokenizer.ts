/** A step of a `tokenizer.json`: its type, and its options. */
export interface PreTokenizerStep {
  type: string;
  [option: string]: unknown;
}

/** Pattern by which GPT-2 cuts a text, as `tokenizer.json` and llama.cpp write it. */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** Pattern of Llama 3's. */
export const LLAMA3_PATTERN = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** Pattern of Qwen 2's: the same, except for digits one by one. */
export const QWEN2_PATTERN = LLAMA3_PATTERN.replace(String.raw`\p{N}{1,3}`, String.raw`\p{N}`);

/**
 * Pattern of tokenizers whose tokens are words: with the space before them, digits one by one, marks, and white space; each
 * new line by itself, so that a prompt may end in one.
 */
export const WORD_PATTERN = String.raw` ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\n|[^\S\n]+(?!\S)|[^\S\n]+`;

/**
 * Places where a word begins without a space before it: behind a new line, a bracket, an opening quote. A tokenizer of
 * words puts a space there, so that a name is the same token as within a line; and before a space, so that both can be
 * distinguished again.
 */
export const BARE_BEGINNING = String.raw`(?<=[\n(])(?=[^\n)])|(?<=[\s(]")(?=[\p{L}\p{N} ])`;

/** Cuts a text so that each match is separate, and what is between matches too. */
export function split(pattern: string): PreTokenizerStep {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}

/** Writes bytes as GPT-2's vocabulary does; cuts nothing. */
export const BYTES: PreTokenizerStep = {
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: false,
};

/**
 * Makes the same pre-tokenizer in steps that JavaScript takes as Rust does. Split patterns are translated by the
 * library; the built-in patterns of `ByteLevel` and `Digits` are not: there `\s` holds U+FEFF and lacks U+0085, and
 * `\d` has no digits but 0–9.
 */
export function exactPreTokenizer(step: PreTokenizerStep): PreTokenizerStep {
  switch (step.type) {
    case 'Sequence': {
      const steps = Array.isArray(step.pretokenizers) ? (step.pretokenizers as PreTokenizerStep[]) : [];
      return { ...step, pretokenizers: steps.map(exactPreTokenizer) };
    }
    case 'ByteLevel':
      // A space put before the text would have to come before the split.
      if (step.use_regex === false || step.add_prefix_space) return step;
      return sequence(split(GPT2_PATTERN), { ...step, use_regex: false });
    case 'Digits':
      return split(step.individual_digits ? String.raw`\p{N}` : String.raw`\p{N}+`);
    default:
      return step;
  }
}

export function sequence(...pretokenizers: PreTokenizerStep[]): PreTokenizerStep {
  return { type: 'Sequence', pretokenizers };
}
