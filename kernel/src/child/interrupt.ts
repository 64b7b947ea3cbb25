import { Worker } from 'node:worker_threads';
import { InterruptFlag } from './interrupt-flag.ts';

/** Starts the thread that stops code which blocks the event loop. */
export function startInterruptThread(): InterruptFlag {
  const flag = new InterruptFlag();
  new Worker(new URL('./interrupt-thread.js', import.meta.url), { workerData: flag.buffer }).unref();
  return flag;
}
