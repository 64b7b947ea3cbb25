import { CellJob } from './cell-job.ts';
import type { CellOutputs } from './cell-outputs.ts';
import { CellProcess, type ProcessEnd } from './cell-process.ts';
import { describeEnd } from './describe-end.ts';
import type { ExecuteOptions, ExecuteResult, SessionOptions } from './execute-options.ts';
import { type FromChild, INTERRUPTED, type Outcome } from './frames.ts';
import type { ErrorContent } from './outputs.ts';
import { RepeatedInterrupt } from './repeated-interrupt.ts';

/** After an error, requests already on their way still count as waiting (milliseconds). */
const ABORT_WINDOW_MS = 20;

/**
 * One notebook's running state: cells execute one after another in a process of their own, on one shared scope.
 * Independent of ZeroMQ; the kernel and the headless notebook runner both use it.
 */
export class Session {
  readonly #options: Required<SessionOptions>;
  readonly #queue: CellJob[] = [];
  readonly #outputs = new Map<number, CellOutputs>();
  readonly #interrupt = new RepeatedInterrupt();
  #process: CellProcess | undefined;
  #ready = false;
  #running: CellJob | undefined;
  #count = 0;
  #lastId = 0;
  #stuck = false;
  #closed = false;

  constructor(options: SessionOptions = {}) {
    this.#options = { cwd: process.cwd(), env: {}, interruptGraceMs: 10_000, ...options };
    this.#start();
  }

  /** Number of cells counted so far. */
  get executionCount(): number {
    return this.#count;
  }

  /** Process id of the cells' process, if one runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Runs a cell after those that wait already. Never rejects because of the cell's code: an error, an interrupt or
   * the death of the process is in the result.
   *
   * @throws {Error} if the session was closed.
   */
  execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteResult> {
    if (this.#closed) return Promise.reject(new Error('Cannot execute a cell: the session is closed'));
    this.#lastId += 1;
    const job = new CellJob(this.#lastId, code, options);
    this.#queue.push(job);
    this.#next();
    return job.result;
  }

  /**
   * Stops the running cell, keeping every variable. A cell blocked in a native call is given `interruptGraceMs`, then
   * its process is ended and started again. Settles when the cell has ended.
   */
  async interrupt(): Promise<void> {
    const job = this.#running;
    if (!job || job.state === 'ending' || this.#interrupt.active) return;
    if (job.state === 'waiting') {
      await this.#finish(job, INTERRUPTED);
      return;
    }
    const cell = {
      interrupt: () => this.#process?.interrupt(job.id),
      notify: (text: string) => job.outputs.push({ output_type: 'stream', name: 'stderr', text }),
      kill: () => {
        this.#stuck = true;
        this.#process?.kill();
      },
    };
    this.#interrupt.start(cell, this.#options.interruptGraceMs);
    await job.result;
  }

  /** Ends the cells' process and starts a new one; waiting cells are aborted, the count starts again. */
  async restart(): Promise<void> {
    const old = this.#detach();
    this.#count = 0;
    this.#start();
    await old?.close();
  }

  /** Ends the cells' process permanently. Waiting cells are aborted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#detach()?.close();
  }

  #start(): void {
    this.#ready = false;
    const { cwd, env } = this.#options;
    const child: CellProcess = new CellProcess(
      { cwd, env: { ...process.env, ...env } },
      {
        onFrame: frame => {
          if (child === this.#process) this.#onFrame(child, frame);
        },
        onPrint: (name, text) => {
          if (child !== this.#process) return;
          this.#current()?.push({ output_type: 'stream', name, text });
        },
        onEnd: end => {
          if (child === this.#process) this.#onEnd(end);
        },
      },
    );
    this.#process = child;
  }

  #next(): void {
    if (this.#running || this.#closed) return;
    const job = this.#queue.shift();
    if (!job) return;
    const { options } = job;
    job.count = this.#count + 1;
    if (job.counts) this.#count = job.count;
    this.#running = job;
    this.#outputs.set(job.id, job.outputs);
    options.onStart?.(job.count);
    if (options.refuse) void this.#runUnlessRefused(job, options.refuse());
    else this.#run(job);
  }

  async #runUnlessRefused(job: CellJob, asked: Promise<ErrorContent | undefined>): Promise<void> {
    const error = await asked;
    if (this.#running !== job || job.state !== 'waiting') return;
    if (error) void this.#finish(job, { status: 'error', error });
    else this.#run(job);
  }

  #run(job: CellJob): void {
    if (!this.#process) this.#start();
    job.state = 'sent';
    this.#process?.send(job.order());
  }

  #onFrame(child: CellProcess, frame: FromChild): void {
    if (frame.type === 'ready') this.#ready = true;
    else if (frame.type === 'output') (this.#outputs.get(frame.id) ?? this.#current())?.push(frame.output);
    else if (frame.id === this.#running?.id) {
      const job = this.#running;
      void child.drain(job.id).then(() => {
        if (this.#running === job) void this.#finish(job, frame.outcome);
      });
    }
  }

  async #finish(job: CellJob, outcome: Outcome): Promise<void> {
    if (job.state === 'ending') return;
    job.state = 'ending';
    this.#interrupt.stop();
    if (outcome.status === 'error') job.outputs.push({ output_type: 'error', ...outcome.error });
    job.outputs.flush();
    if (outcome.status === 'error' && job.options.stopOnError !== false) {
      await new Promise(resolve => setTimeout(resolve, ABORT_WINDOW_MS));
      this.#abortWaiting();
    }
    if (this.#running === job) this.#running = undefined;
    job.settle(outcome);
    // A turn later: what waits for this result acts before the next cell starts.
    setImmediate(() => this.#next());
  }

  #abortWaiting(): void {
    for (const job of this.#queue.splice(0)) job.abort(this.#count);
  }

  #onEnd(end: ProcessEnd): void {
    const error = describeEnd(end, this.#stuck);
    this.#stuck = false;
    const current = this.#current();
    const job = this.#running;
    this.#outputs.clear();
    this.#process = undefined;
    // A process that never came up would die again: the next cell tries, and reports.
    if (this.#ready) this.#start();
    if (job) void this.#finish(job, { status: 'error', error });
    else current?.push({ output_type: 'stream', name: 'stderr', text: `${error.ename}: ${error.evalue}\n` });
  }

  #detach(): CellProcess | undefined {
    const old = this.#process;
    this.#process = undefined;
    this.#interrupt.stop();
    this.#abortWaiting();
    const job = this.#running;
    this.#running = undefined;
    job?.abort();
    this.#outputs.clear();
    return old;
  }

  /** Returns the cell of an output that no cell claims: the running one, else the latest. */
  #current(): CellOutputs | undefined {
    return this.#running?.outputs ?? [...this.#outputs.values()].at(-1);
  }
}
