import { cutAtStop } from '../chat/index.ts';
import type { Tokenizer } from '../tokenize/index.ts';
import type { Answered, AnswerToken, Piece } from './job.ts';
import { codePoints, TokenText } from './token-text.ts';

/** End of an answer, and its observer. */
export interface WriterOptions {
  maxTokens: number;
  stop: readonly string[];
  /** Code points of the text before the answer. */
  offset: number;
  /** Receives each part of the text as soon as no stop text can begin in it, and the tokens that begin in it. */
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
  /** UTF-16 units and tokens that were reported. */
  #reported = { text: 0, tokens: 0 };
  #finish: Answered['finish'] | undefined;

  constructor(tokenizer: Tokenizer, options: WriterOptions) {
    this.#options = options;
    this.#detokenized = new TokenText(tokenizer, { skipSpecial: true });
    this.#offset = options.offset;
  }

  /** True if the answer is whole: no token belongs to it any more. */
  get ended(): boolean {
    return this.#finish !== undefined;
  }

  /**
   * Adds the next token.
   *
   * @param tokenAt makes its report, given its offset in code points; without it the token is not reported.
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
    else this.#report(sureLength(this.#text, stop));
  }

  /** Ends the answer where it is, by a token that is no part of it or for want of room. */
  end(finish: Answered['finish'], tokenAt?: (offset: number) => AnswerToken): void {
    if (this.ended) return;
    this.#finish = finish;
    this.#text += this.#detokenized.rest();
    if (tokenAt) this.#tokens.push({ token: tokenAt(this.#offset), start: this.#text.length });
    this.#report(this.#text.length);
  }

  /** Returns the answer so far, and how many tokens it took. */
  written(): Piece & { finish: Answered['finish']; count: number } {
    const tokens = this.#tokens.map(({ token }) => token);
    return { text: this.#text, tokens, finish: this.#finish ?? 'length', count: this.#count };
  }

  #cutAt(length: number): void {
    this.#finish = 'stop';
    this.#text = this.#text.slice(0, length);
    const kept = this.#tokens.findIndex(({ start }) => start >= length);
    if (kept >= 0) this.#tokens.splice(kept);
    this.#report(length);
  }

  #report(length: number): void {
    const text = this.#text.slice(this.#reported.text, length);
    const unreported = this.#tokens.slice(this.#reported.tokens);
    const tokens = unreported.filter(({ start }) => this.ended || start < length).map(({ token }) => token);
    this.#reported = { text: length, tokens: this.#reported.tokens + tokens.length };
    if (text || tokens.length > 0) this.#options.onPiece?.({ text, tokens });
  }
}

/** Counts UTF-16 units of a text in which no stop text begins, however the text continues. */
function sureLength(text: string, stop: readonly string[]): number {
  let sure = text.length;
  for (const end of stop) {
    let overlap = Math.min(end.length - 1, text.length);
    while (overlap > 0 && !text.endsWith(end.slice(0, overlap))) overlap--;
    sure = Math.min(sure, text.length - overlap);
  }
  return sure;
}
