import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Progress } from '../runs/index.ts';
import type { Order, Report } from './worker-messages.ts';

/** How a run ended in a worker. */
export type WorkOutcome = Exclude<Report, { type: 'progress' }> | { type: 'died'; how: string };

/** A process that does runs. */
export interface WorkerProcess {
  readonly pid: number;
  /** Does a run; one at a time. When the signal aborts, it is stopped where it can go on. */
  work(
    order: Extract<Order, { type: 'run' }>,
    listening: { signal: AbortSignal | undefined; onProgress: (progress: Progress) => void },
  ): Promise<WorkOutcome>;
  /** Ends the process, which does nothing then. */
  end(): Promise<void>;
}

/** The worker as it is built: Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const WORKER = new URL('../../dist/jobs/worker.js', import.meta.url);

/** Characters kept of what a worker prints, for when it dies. */
const PRINTED = 2000;

/**
 * Starts a worker.
 *
 * @param stages the module of its stages.
 * @param threads that TensorFlow computes with there; undefined leaves it the machine.
 * @throws {Error} if no process can be started.
 */
export async function startWorker(stages: URL, threads: number | undefined): Promise<WorkerProcess> {
  const limits =
    threads === undefined
      ? {}
      : { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) };
  // Without the flags of this process, which need not suit a worker.
  const child = fork(WORKER, [stages.href], {
    execArgv: [],
    env: { ...process.env, ...limits },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', text => {
      printed = (printed + text).slice(-PRINTED);
    });
  }
  const closed = new Promise<string>(resolve => {
    child.once('close', (code, signal) => {
      const last = printed.trimEnd();
      resolve(
        `its process ended with ${signal ?? `code ${code}`}${last === '' ? '' : `; it printed: ${last}`}`,
      );
    });
  });
  await once(child, 'spawn');
  const send = (order: Order) => child.send(order, undefined, undefined, () => {});

  return {
    pid: child.pid as number,
    work: (order, { signal, onProgress }) =>
      new Promise<WorkOutcome>(resolve => {
        const stop = () => send({ type: 'stop' });
        const settle = (outcome: WorkOutcome) => {
          child.off('message', hear);
          signal?.removeEventListener('abort', stop);
          resolve(outcome);
        };
        const hear = (message: unknown) => {
          const report = message as Report;
          if (report.type === 'progress') onProgress(report.progress);
          else settle(report);
        };
        child.on('message', hear);
        signal?.addEventListener('abort', stop, { once: true });
        closed.then(how => settle({ type: 'died', how }));
        send(order);
        if (signal?.aborted) stop();
      }),
    end: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
