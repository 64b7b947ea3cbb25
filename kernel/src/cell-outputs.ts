import type { Output, StreamOutput } from './outputs.ts';

/** Text printed within this time, in milliseconds, leaves as one output. */
const COALESCE_MS = 50;

/** Text longer than this leaves at once, so that no message grows without bound (UTF-16 code units). */
const COALESCE_LENGTH = 1 << 20;

/** Passes on one cell's outputs in order, joining what it prints into few stream outputs. */
export class CellOutputs {
  readonly #deliver: (output: Output) => void;
  #name: StreamOutput['name'] = 'stdout';
  #text: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(deliver: (output: Output) => void) {
    this.#deliver = deliver;
  }

  push(output: Output): void {
    if (output.output_type !== 'stream') {
      this.flush();
      this.#deliver(output);
      return;
    }
    if (output.name !== this.#name) this.flush();
    this.#name = output.name;
    this.#text.push(output.text);
    this.#length += output.text.length;
    if (this.#length > COALESCE_LENGTH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), COALESCE_MS);
  }

  /** Delivers what was printed so far. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#text.join('');
    this.#text = [];
    this.#length = 0;
    this.#deliver({ output_type: 'stream', name: this.#name, text });
  }
}
