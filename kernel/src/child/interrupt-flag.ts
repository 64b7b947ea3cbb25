/** Time for a process whose parent closes it, or is gone, to finish what its cells write, in milliseconds. */
export const LEAVE_MS = 3500;

/**
 * Shared with the interrupt thread: the number of the latest interrupt that the event loop has taken notice of.
 * As long as it has not, the loop is blocked by code that must be terminated.
 */
export class InterruptFlag {
  readonly buffer: SharedArrayBuffer;
  /** The latest attempt that was noticed, and how many milliseconds the loop may take now. */
  readonly #shared: Int32Array;

  constructor(buffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#shared = new Int32Array(buffer);
  }

  notice(attempt: number): void {
    Atomics.store(this.#shared, 0, attempt);
    Atomics.notify(this.#shared, 0);
  }

  /** Time that code which blocks now, and will look at its signal, asks for, in milliseconds. */
  get grace(): number {
    return Atomics.load(this.#shared, 1);
  }

  set grace(ms: number) {
    Atomics.store(this.#shared, 1, ms);
  }

  /** Blocks the calling thread until the interrupt was noticed, or for `timeout` milliseconds. */
  waitFor(attempt: number, timeout: number): boolean {
    const before = Atomics.load(this.#shared, 0);
    if (before < attempt) Atomics.wait(this.#shared, 0, before, timeout);
    return Atomics.load(this.#shared, 0) >= attempt;
  }
}
