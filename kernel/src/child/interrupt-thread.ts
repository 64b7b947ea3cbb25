import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { frameReader, INTERRUPTS_IN, type ToChild } from '../frames.ts';
import { InterruptFlag, LEAVE_MS } from './interrupt-flag.ts';

/** Time for the event loop to notice an interrupt by itself, in milliseconds. */
const FREE_MS = 10;

/** Time for the event loop to notice that the parent is gone, in milliseconds. */
const PARENT_GONE_MS = 500;

/** Attempts at terminating the main thread; a few are enough. */
const MAX_ATTEMPTS = 200;

const LEAVE_HOOKS = "globalThis[Symbol.for('imitation-lab.leaveHooks')]()";
const CLEAR_STACK = "globalThis[Symbol.for('imitation-lab.clearStack')]()";

/*
 * A thread of the cells' process that stops code which blocks the event loop: a terminated
 * function leaves every variable as it is. When the parent dies, it ends the process, blocked or not.
 */
const flag = new InterruptFlag(workerData as SharedArrayBuffer);
const orders = new Socket({ fd: INTERRUPTS_IN });
orders.on(
  'data',
  frameReader<ToChild>(order => {
    if (order.type !== 'interrupt') return;
    if (!flag.waitFor(order.attempt, Math.max(FREE_MS, flag.grace))) terminate();
  }),
);
orders.on('close', () => setTimeout(endProcess, PARENT_GONE_MS));

/** Ends the process: at once if code blocks it, and a little later if it is leaving or in a native call of training. */
function endProcess(): void {
  const kill = () => process.kill(process.pid, 'SIGKILL');
  if (flag.grace > 0) setTimeout(kill, LEAVE_MS);
  else kill();
}

/** Connects for this one call: a process with an inspector connected waits for it when it exits. */
function terminate(): void {
  const inspector = new Session();
  inspector.connectToMainThread();
  const attempt = (n: number): void => {
    inspector.post('Runtime.evaluate', { expression: LEAVE_HOOKS }, (_error, reply) => {
      if (reply?.result.value !== true && n < MAX_ATTEMPTS) setTimeout(attempt, 0, n + 1);
      // A millisecond for the removal of the hooks, which Node defers, to take effect.
      else setTimeout(stop, 1);
    });
  };
  const stop = (): void => {
    inspector.post('Runtime.evaluate', { expression: CLEAR_STACK });
    inspector.post('Runtime.terminateExecution', () => inspector.disconnect());
  };
  attempt(0);
}
