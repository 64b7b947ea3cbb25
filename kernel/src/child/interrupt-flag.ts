/**
 * Shared with the interrupt thread: the number of the latest interrupt that the event loop has taken notice of.
 * As long as it has not, the loop is blocked by code that must be terminated.
 */
export class InterruptFlag {
  readonly buffer: SharedArrayBuffer;
  readonly #noticed: Int32Array;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#noticed = new Int32Array(buffer);
  }

  notice(attempt: number): void {
    Atomics.store(this.#noticed, 0, attempt);
    Atomics.notify(this.#noticed, 0);
  }

  /** Blocks the calling thread until the interrupt was noticed, or for `timeout` milliseconds. */
  waitFor(attempt: number, timeout: number): boolean {
    const before = Atomics.load(this.#noticed, 0);
    if (before < attempt) Atomics.wait(this.#noticed, 0, before, timeout);
    return Atomics.load(this.#noticed, 0) >= attempt;
  }
}
