import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Cell, callingCell } from './cell.ts';

/**
 * Notes each cell's timers, so that an interrupt can end a loop that lives on them:
 * those of `setTimeout`, `setInterval`, `setImmediate` and of `node:timers/promises`.
 */
export function trackTimers(): void {
  const setTimeout = track(timers.setTimeout, timers.clearTimeout, false);
  const setInterval = track(timers.setInterval, timers.clearInterval, true);
  const setImmediate = track(timers.setImmediate, timers.clearImmediate, false);
  Object.assign(globalThis, { setTimeout, setInterval, setImmediate });
  Object.assign(timers, { setTimeout, setInterval, setImmediate });
  const sleep = (ms?: number, value?: unknown, options?: object): Promise<unknown> =>
    untilStopped(options, all => original.setTimeout(ms, value, all));
  const nextTurn = (value?: unknown, options?: object): Promise<unknown> =>
    untilStopped(options, all => original.setImmediate(value, all));
  const original = { ...timersPromises };
  Object.assign(timersPromises, { setTimeout: sleep, setImmediate: nextTurn });
  for (const [timer, promised] of [
    [setTimeout, sleep],
    [setImmediate, nextTurn],
  ] as const)
    Object.defineProperty(timer, promisify.custom, { value: promised });
  syncBuiltinESMExports();
}

/** Ends the timers of an interrupted cell: what waits for them waits for ever, and is forgotten. */
export function clearTimers(cell: Cell): void {
  for (const stop of cell.timers.values()) stop();
  cell.timers.clear();
}

type Start = (callback: (...args: unknown[]) => void, ...rest: never[]) => object;

function track<T extends (...args: never[]) => object>(
  start: T,
  stop: (timer: never) => void,
  repeats: boolean,
): T {
  const tracked = (callback: (...args: unknown[]) => void, ...rest: never[]): object => {
    const cell = callingCell();
    if (!cell || typeof callback !== 'function') return (start as unknown as Start)(callback, ...rest);
    const timer = (start as unknown as Start)(
      (...args) => {
        if (!repeats) cell.timers.delete(timer);
        callback(...args);
      },
      ...rest,
    );
    if (!cell.stopped) cell.timers.set(timer, () => stop(timer as never));
    else stop(timer as never);
    return timer;
  };
  return Object.assign(tracked as unknown as T, start);
}

/** Makes a promised timer that never settles once its cell was stopped. */
function untilStopped<T>(options: object | undefined, start: (options: object) => Promise<T>): Promise<T> {
  const cell = callingCell();
  if (!cell) return start(options ?? {});
  const stop = new AbortController();
  const given = options && 'signal' in options ? (options.signal as AbortSignal | undefined) : undefined;
  const signal = given ? AbortSignal.any([given, stop.signal]) : stop.signal;
  const key = {};
  if (cell.stopped) stop.abort();
  else cell.timers.set(key, () => stop.abort());
  return start({ ...options, signal }).then(
    value => {
      cell.timers.delete(key);
      return value;
    },
    error => {
      cell.timers.delete(key);
      if (stop.signal.aborted) return new Promise<T>(() => {});
      throw error;
    },
  );
}
