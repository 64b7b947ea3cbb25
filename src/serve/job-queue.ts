import { ApiError } from './api-error.ts';
import type { Answered, Engine, Job } from './job.ts';

/** Jobs wait here for their turn. */
export interface JobQueue {
  /** Requests that are being answered or wait. */
  readonly open: number;
  /**
   * Answers the jobs of one request, in any order; jobs that wait together are run together where they can be. A job
   * whose signal is aborted is left out, and its answer fails with the signal's reason.
   *
   * @throws {ApiError} if a job cannot be done (400), too many requests wait (429), or the queue is closed (503).
   */
  ask(jobs: readonly Job[]): Promise<Answered>[];
  /** Lets no more requests in. */
  close(): void;
}

/** Seconds after which a client that was turned away may come again. */
const RETRY_AFTER = 1;

interface Waiting<Prepared> {
  prepared: Prepared;
  key: string;
  signal: AbortSignal;
  resolve(answer: Answered): void;
  reject(error: unknown): void;
}

/** @param most requests that are let in at a time. */
export function jobQueue<Prepared>(engine: Engine<Prepared>, most: number): JobQueue {
  let waiting: Waiting<Prepared>[] = [];
  let running = 0;
  let open = 0;
  let closed = false;

  /** Runs the job that waits longest, with those that can be run beside it. */
  async function runNext(): Promise<void> {
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    const [first] = waiting;
    if (!first || running >= engine.runs) return;
    const together = waiting.filter(({ key }) => key === first.key).slice(0, engine.batch);
    waiting = waiting.filter(job => !together.includes(job));
    running++;
    let left: unknown = new Error('Cannot answer: the run ended without an answer');
    try {
      for await (const { job, answer } of engine.run(together.map(({ prepared }) => prepared)))
        together[job]?.resolve(answer);
    } catch (error) {
      left = error;
    }
    // Those that have their answer are not touched by it.
    for (const { reject } of together) reject(left);
    running--;
    setImmediate(runNext);
  }

  return {
    get open() {
      return open;
    },
    ask(jobs) {
      if (closed) throw new ApiError(503, 'The server is shutting down');
      if (open >= most)
        throw new ApiError(429, `At most ${most} requests at a time are let in: try again later`, {
          code: 'queue_full',
          headers: { 'retry-after': String(RETRY_AFTER) },
        });
      const prepared = jobs.map(job => engine.prepare(job));
      const answers = prepared.map((ready, index) => {
        const { signal } = jobs[index] as Job;
        return new Promise<Answered>((resolve, reject) => {
          waiting.push({ prepared: ready, key: engine.keyOf(ready), signal, resolve, reject });
          const left = () => reject(signal.reason);
          if (signal.aborted) left();
          else signal.addEventListener('abort', left, { once: true });
        });
      });
      open++;
      Promise.allSettled(answers).then(() => open--);
      // What else has arrived by now waits already when the run begins.
      for (let run = 0; run < engine.runs; run++) setImmediate(runNext);
      return answers;
    },
    close() {
      closed = true;
    },
  };
}
