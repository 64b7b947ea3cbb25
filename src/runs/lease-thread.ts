import { parentPort, workerData } from 'node:worker_threads';
import { BEATS, LastBeat, LeaseKeeper } from './lease-keeper.ts';
import type { LeaseOwner } from './lease-owner.ts';
import { messageOf } from './message-of.ts';

/** Data of the thread. */
export interface LeaseThreadData {
  path: string;
  owner: LeaseOwner;
  /** Buffer of {@link LastBeat}. */
  buffer: SharedArrayBuffer;
}

/** Request to the thread, with a number that its reply repeats. */
export type LeaseRequest = { id: number } & (
  | { type: 'beat' }
  | { type: 'set-workers'; workers: LeaseOwner['workers'] }
  | { type: 'release' }
);

/** Message of the thread: the owner that has the lease now, or how a request ended. */
export type LeaseReport =
  | { type: 'lost'; owner: LeaseOwner | null }
  | { type: 'done'; id: number }
  | { type: 'failed'; id: number; error: string };

/*
 * A thread of its own renews a lease: a step of training may block the event loop of its process for longer than the
 * lease lasts.
 */
const { path, owner, buffer }: LeaseThreadData = workerData;
const keeper = new LeaseKeeper(path, owner, new LastBeat(buffer));
const timer = setInterval(
  () => {
    try {
      reportLoss(keeper.beat());
    } catch {
      // The next heartbeat may succeed; until then the lease lasts.
    }
  },
  (1000 * owner.seconds) / BEATS,
);

parentPort?.on('message', (request: LeaseRequest) => {
  const { id } = request;
  try {
    if (request.type === 'beat') reportLoss(keeper.beat());
    else if (request.type === 'set-workers') reportLoss(keeper.setWorkers(request.workers));
    else {
      clearInterval(timer);
      keeper.release();
    }
    send({ type: 'done', id });
  } catch (error) {
    send({ type: 'failed', id, error: messageOf(error) });
  }
  if (request.type === 'release') parentPort?.close();
});

function reportLoss(rival: ReturnType<LeaseKeeper['beat']>): void {
  if (rival === undefined) return;
  clearInterval(timer);
  send({ type: 'lost', owner: rival.owner ?? null });
}

function send(report: LeaseReport): void {
  parentPort?.postMessage(report);
}
