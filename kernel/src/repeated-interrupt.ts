/** Interval at which an interrupt is repeated while the cell does not stop, in milliseconds. */
const REPEAT_MS = 500;

/** Time after which the user is informed that an interrupted cell still runs, in milliseconds. */
const NOTICE_MS = 2000;

/** A running cell that is to stop. */
export interface Interruptible {
  /** Asks it to stop. */
  interrupt(): void;
  /** Informs the user, once, that it still runs. */
  notify(text: string): void;
  /** Ends its process. */
  kill(): void;
}

/** The interrupt of a cell, repeated until it stops; a native call that does not return costs the process. */
export class RepeatedInterrupt {
  #timer: NodeJS.Timeout | undefined;

  /** True from the start until {@link stop}. */
  get active(): boolean {
    return this.#timer !== undefined;
  }

  /** Interrupts a cell, and ends its process after `graceMs`. */
  start(cell: Interruptible, graceMs: number): void {
    const started = Date.now();
    let noticed = false;
    cell.interrupt();
    this.#timer = setInterval(() => {
      const waited = Date.now() - started;
      if (waited >= graceMs) {
        clearInterval(this.#timer);
        cell.kill();
        return;
      }
      if (waited >= NOTICE_MS && !noticed) {
        noticed = true;
        const limit = graceMs / 1000;
        cell.notify(`Interrupting: waiting for a native call to return (restarting after ${limit} s)\n`);
      }
      cell.interrupt();
    }, REPEAT_MS);
  }

  /** Ends it: the cell has stopped, or its process is gone. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
