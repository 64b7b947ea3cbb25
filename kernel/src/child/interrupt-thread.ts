import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { frameReader, INTERRUPTS_IN, type ToChild } from '../frames.ts';
import { InterruptFlag } from './interrupt-flag.ts';

/** How long the event loop may take to notice an interrupt by itself, in milliseconds. */
const FREE_MS = 15;

/**
 * A thread of the cells' process that stops code which blocks the event loop: a terminated
 * function leaves every variable as it is. When the parent dies, it ends the process, blocked or not.
 */
const flag = new InterruptFlag(workerData as SharedArrayBuffer);

const orders = new Socket({ fd: INTERRUPTS_IN });
orders.on(
  'data',
  frameReader<ToChild>(order => {
    if (order.type === 'interrupt' && !flag.waitFor(order.id, FREE_MS)) terminate();
  }),
);
orders.on('close', () => setTimeout(() => process.kill(process.pid, 'SIGKILL'), PARENT_GONE_MS));

/** Connects for this one call: a process with an inspector connected waits for it when it exits. */
function terminate(): void {
  const inspector = new Session();
  inspector.connectToMainThread();
  inspector.post('Runtime.terminateExecution', () => inspector.disconnect());
}

/** How long the process may take to end by itself when its parent is gone. */
const PARENT_GONE_MS = 1000;
