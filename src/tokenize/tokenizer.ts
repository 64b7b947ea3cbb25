/** Converter of text to what a model reads, and back. Pure: the same text gives the same ids. */
export interface Tokenizer {
  /** Number of ids, special ones among them: every id is below it. */
  readonly vocabSize: number;
  /** Tokens that have no text, such as `<|endoftext|>`, and their ids. */
  readonly special: Readonly<Record<string, number>>;
  /** Returns the ids of a text. No token is put before or after it: append special tokens by their ids. */
  encode(text: string, options?: EncodeOptions): number[];
  /**
   * Returns the ids of a text as `encode` does, and the characters that each represents.
   *
   * @throws {Error} if the characters of a token cannot be found in the text.
   */
  encodeWithOffsets(text: string, options?: EncodeOptions): TokensWithOffsets;
  /**
   * Returns the text of ids; bytes that are no UTF-8 become U+FFFD.
   *
   * @throws {RangeError} if an id is not in the vocabulary.
   */
  decode(ids: readonly number[], options?: DecodeOptions): string;
  /**
   * Returns one token as its vocabulary writes it, such as `Ġthe`, `▁the` or `<0x0A>`: to be read, not to be joined.
   *
   * @throws {RangeError} if the id is not in the vocabulary.
   */
  tokenText(id: number): string;
}

/** Ids of a text, and the range of each in UTF-16 units; one of some of a character's bytes has the whole character. */
export interface TokensWithOffsets {
  ids: number[];
  offsets: (readonly [start: number, end: number])[];
}

export interface EncodeOptions {
  /**
   * Allows special tokens in the text. By default there are none, so that a text that looks like `<|endoftext|>` stays
   * text, whoever wrote it.
   */
  allowSpecial?: boolean;
}

export interface DecodeOptions {
  /** Leaves out special tokens; by default they are written as they are called. */
  skipSpecial?: boolean;
}

/** Makes the error for an id that a vocabulary does not have. */
export function unknownId(id: number): RangeError {
  return new RangeError(`Cannot decode token ${id}: an id must be in the vocabulary, and this one is not`);
}

/** Counts a text's tokens by a tokenizer: for stages that take a counter and know no tokenizers. */
export function countTokens(tokenizer: Tokenizer): (text: string) => number {
  return text => tokenizer.encode(text).length;
}
