import { cutAtStop } from '../chat/index.ts';
import type { Tokenizer } from '../tokenize/index.ts';
import type { Answered, AnswerToken, Piece } from './job.ts';
import { codePoints, TokenText } from './token-text.ts';

/** When an answer ends, and who follows it. */
export interface WriterOptions {
  maxTokens: number;
  stop: readonly string[];
  /** Code points of the text before the answer. */
  offset: number;
  /** Told each part of the text as soon as no stop text can begin in it, and the tokens that begin in it. */
  onPiece?: ((piece: Piece) => void) | undefined;
}

/** Writes an answer as its tokens come, up to a stop text or the most tokens. */
export class AnswerWriter {
  readonly #options: WriterOptions;
  readonly #detokenized: TokenText;
  readonly #tokens: { token: AnswerToken; start: number }[] = [];
  #text = '';
  #offset: number;
  #count = 0;
  /** UTF-16 units and tokens that were told. */
  #told = { text: 0, tokens: 0 };
  #finish: Answered['finish'] | undefined;

  constructor(tokenizer: Tokenizer, options: WriterOptions) {
    this.#options = options;
    this.#detokenized = new TokenText(tokenizer, { skipSpecial: true });
    this.#offset = options.offset;
  }

  /** Whether the answer is whole: no token belongs to it any more. */
  get ended(): boolean {
    return this.#finish !== undefined;
  }

  /**
   * Adds the next token.
   *
   * @param tokenAt what to tell of it, given where it begins in code points; nothing where it is left out.
   */
  add(id: number, tokenAt?: (offset: number) => AnswerToken): void {
    const { maxTokens, stop } = this.#options;
    if (tokenAt) this.#tokens.push({ token: tokenAt(this.#offset), start: this.#text.length });
    const added = this.#detokenized.add(id);
    this.#text += added;
    this.#offset += codePoints(added);
    this.#count++;
    const cut = cutAtStop(this.#text, stop);
    if (cut !== undefined) this.#cutAt(cut.length);
    else if (this.#count >= maxTokens) this.end('length');
    else this.#tell(sureLength(this.#text, stop));
  }

  /** Ends the answer where it is, by a token that is no part of it or for want of room. */
  end(finish: Answered['finish'], tokenAt?: (offset: number) => AnswerToken): void {
    if (this.ended) return;
    this.#finish = finish;
    this.#text += this.#detokenized.rest();
    if (tokenAt) this.#tokens.push({ token: tokenAt(this.#offset), start: this.#text.length });
    this.#tell(this.#text.length);
  }

  /** The answer so far, and how many tokens it took. */
  written(): Piece & { finish: Answered['finish']; count: number } {
    const tokens = this.#tokens.map(({ token }) => token);
    return { text: this.#text, tokens, finish: this.#finish ?? 'length', count: this.#count };
  }

  #cutAt(length: number): void {
    this.#finish = 'stop';
    this.#text = this.#text.slice(0, length);
    const kept = this.#tokens.findIndex(({ start }) => start >= length);
    if (kept >= 0) this.#tokens.splice(kept);
    this.#tell(length);
  }

  #tell(length: number): void {
    const text = this.#text.slice(this.#told.text, length);
    const untold = this.#tokens.slice(this.#told.tokens);
    const tokens = untold.filter(({ start }) => this.ended || start < length).map(({ token }) => token);
    this.#told = { text: length, tokens: this.#told.tokens + tokens.length };
    if (text || tokens.length > 0) this.#options.onPiece?.({ text, tokens });
  }
}

/** UTF-16 units of a text in which no stop text begins, however the text goes on. */
function sureLength(text: string, stop: readonly string[]): number {
  let sure = text.length;
  for (const end of stop) {
    let begun = Math.min(end.length - 1, text.length);
    while (begun > 0 && !text.endsWith(end.slice(0, begun))) begun--;
    sure = Math.min(sure, text.length - begun);
  }
  return sure;
}
