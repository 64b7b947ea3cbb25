import { setImmediate } from 'node:timers/promises';

/**
 * Lets the event loop turn, so that signals are heard and files are written. Twice, since what came in while it was
 * blocked is read in the first turn, and may be acted upon, such as by aborting a signal, at its end alone.
 */
export async function yieldTwice(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
