import { AsyncLocalStorage } from 'node:async_hooks';
import type { Output } from '../outputs.ts';
import { send } from './link.ts';

/** Thrown into code that continues to print after its cell was interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** One execution: everything asynchronous that its code starts runs in its context. */
export class Cell {
  readonly id: number;
  /** Name in stacks: `In [3]`. */
  readonly label: string;
  readonly controller = new AbortController();
  /** Stops a timer of this cell, by the timer. */
  readonly timers = new Map<object, () => void>();
  ended = false;

  constructor(id: number, label: string) {
    this.id = id;
    this.label = label;
  }

  /** True if the cell was stopped, and its reply has left. */
  get stopped(): boolean {
    return this.ended && this.controller.signal.aborted;
  }
}

const storage = new AsyncLocalStorage<Cell>();
let latest: Cell | undefined;

/** Runs `code` as the given cell's. */
export function runAs<T>(cell: Cell, code: () => T): T {
  latest = cell;
  return storage.run(cell, code);
}

/** Stops following contexts until the next cell runs; those known stay known. */
export function leaveContexts(): void {
  storage.disable();
}

/** Returns the cell whose code is calling, if any. */
export function callingCell(): Cell | undefined {
  return storage.getStore();
}

/**
 * Reports an output of the calling cell; code that belongs to none reports to the latest.
 *
 * @throws {Interrupted} if the cell was interrupted before: this is what ends a loop nothing else can reach.
 */
export function publish(output: Output): void {
  const cell = callingCell() ?? latest;
  if (!cell) return;
  if (cell.stopped) throw new Interrupted('The cell was interrupted');
  send({ type: 'output', id: cell.id, output });
}
