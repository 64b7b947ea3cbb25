import type { DecodeOptions, Tokenizer } from '../tokenize/index.ts';

/** Replacement of bytes that are no character: the beginning of one, until the rest has come. */
const INCOMPLETE = '\uFFFD';

/** Text of tokens as they come one by one, of which a character may take several. */
export class TokenText {
  readonly #tokenizer: Tokenizer;
  readonly #options: DecodeOptions;
  /** The tokens since `#start`, the first `#known` of which have their text already. */
  #ids: number[] = [];
  #known = 0;

  constructor(tokenizer: Tokenizer, options: DecodeOptions = {}) {
    this.#tokenizer = tokenizer;
    this.#options = options;
  }

  /** Returns what a token adds to the text: nothing while its last character is not whole. */
  add(id: number): string {
    this.#ids.push(id);
    const added = this.rest();
    if (added.endsWith(INCOMPLETE)) return '';
    // The last tokens stay: some decoders write a token in another way where it is the first.
    this.#ids = this.#ids.slice(this.#known);
    this.#known = this.#ids.length;
    return added;
  }

  /** Returns what is not whole yet, with U+FFFD for what is missing. */
  rest(): string {
    const decode = (ids: readonly number[]) => this.#tokenizer.decode(ids, this.#options);
    return decode(this.#ids).slice(decode(this.#ids.slice(0, this.#known)).length);
  }
}

/**
 * Returns the text of each token by itself in the middle of a text, with the space before it where it has one;
 * special tokens as they are called.
 */
export function tokenTexts(tokenizer: Tokenizer): (id: number) => string {
  const anchor = tokenizer.encode('a').slice(-1);
  const length = tokenizer.decode(anchor).length;
  const known = new Map<number, string>();
  return id => {
    const text = known.get(id) ?? tokenizer.decode([...anchor, id]).slice(length);
    known.set(id, text);
    return text;
  };
}

/** Counts a text's length as Python does, which is how servers give offsets. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
