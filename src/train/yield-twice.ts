import { setImmediate } from 'node:timers/promises';

/**
 * Lets the event loop turn, so that signals and files are handled. Twice, since events that arrived while it was
 * blocked are read in the first turn, and handled, such as by aborting a signal, at its end.
 */
export async function yieldTwice(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
