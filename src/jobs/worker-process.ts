import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Progress } from '../runs/index.ts';
import type { RunOrder, WorkerReport, WorkerRequest } from './worker-messages.ts';

/** End of a run in a worker. */
export type WorkOutcome = Exclude<WorkerReport, { type: 'progress' }> | { type: 'died'; how: string };

/** The built worker, since Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const WORKER = new URL('../../dist/jobs/worker.js', import.meta.url);

/** Characters kept of a worker's output, for the error when it dies. */
const OUTPUT_LENGTH = 2000;

/** A process that does runs, one at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  /** Resolves to how the process ended. */
  readonly #closed: Promise<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', text => {
        output = (output + text).slice(-OUTPUT_LENGTH);
      });
    }
    this.#closed = new Promise(resolve => {
      child.once('close', (code, signal) => {
        const printed = output.trimEnd() === '' ? '' : `; its output: ${output.trimEnd()}`;
        resolve(`its process ended with ${signal ?? `code ${code}`}${printed}`);
      });
    });
  }

  /**
   * Starts a worker.
   *
   * @param stages the module of its stages.
   * @param threads of TensorFlow in it; undefined gives it all cores.
   * @throws {Error} if no process can be started.
   */
  static async start(stages: URL, threads: number | undefined): Promise<WorkerProcess> {
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
    const worker = new WorkerProcess(child);
    await once(child, 'spawn');
    return worker;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Does a run. Once the signal is aborted, the run stops where it can be resumed. */
  run(
    order: RunOrder,
    { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: (progress: Progress) => void },
  ): Promise<WorkOutcome> {
    return new Promise(resolve => {
      const stop = () => this.#send({ type: 'stop' });
      const settle = (outcome: WorkOutcome) => {
        this.#child.off('message', onMessage);
        signal?.removeEventListener('abort', stop);
        resolve(outcome);
      };
      const onMessage = (report: WorkerReport) => {
        if (report.type === 'progress') onProgress(report.progress);
        else settle(report);
      };
      this.#child.on('message', onMessage);
      signal?.addEventListener('abort', stop, { once: true });
      this.#closed.then(how => settle({ type: 'died', how }));
      this.#send({ type: 'run', order });
      if (signal?.aborted) stop();
    });
  }

  /** Ends the process, which must be idle. */
  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #send(request: WorkerRequest): void {
    // A process that has exited is reported by its end.
    this.#child.send(request, undefined, undefined, () => {});
  }
}
