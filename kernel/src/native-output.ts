import { StringDecoder } from 'node:string_decoder';
import { endMark } from './frames.ts';

/**
 * Text that native code prints on one of the child's descriptors.
 * `endOf(id)` settles when everything that was printed before cell `id` ended has been passed on.
 */
export class NativeOutput {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onText: (text: string) => void;
  #held = '';
  #waiting: { mark: string; resolve: () => void } | undefined;
  #seen = '';

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  write(chunk: Buffer): void {
    this.#held += this.#decoder.write(chunk);
    for (let mark = END_MARK.exec(this.#held); mark; mark = END_MARK.exec(this.#held)) {
      this.#emit(this.#held.slice(0, mark.index));
      this.#held = this.#held.slice(mark.index + mark[0].length);
      this.#seen = mark[0];
      if (this.#waiting?.mark === this.#seen) this.#waiting.resolve();
    }
    const partial = this.#held.lastIndexOf('\u0000');
    const keep = partial >= 0 && this.#held.length - partial < MARK_LENGTH ? partial : this.#held.length;
    this.#emit(this.#held.slice(0, keep));
    this.#held = this.#held.slice(keep);
  }

  endOf(id: number): Promise<void> {
    const mark = endMark(id);
    if (this.#seen === mark) return Promise.resolve();
    return new Promise(resolve => {
      this.#waiting = { mark, resolve };
    });
  }

  #emit(text: string): void {
    if (text) this.#onText(text);
  }
}

const END_MARK = /\u0000\u0001end of cell \d+\u0001\u0000/;
const MARK_LENGTH = endMark(Number.MAX_SAFE_INTEGER).length;
