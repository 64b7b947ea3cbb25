import { CellOutputs } from './cell-outputs.ts';
import { CellProcess, type ProcessEnd } from './cell-process.ts';
import { type FromChild, INTERRUPTED, type Outcome } from './frames.ts';
import type { ErrorContent, ExpressionResult, Output } from './outputs.ts';

export interface SessionOptions {
  /** The notebook's folder: imports resolve and files open from here. Default: the current one. */
  cwd?: string;
  /** Environment of the cells, added to this process's own. */
  env?: Record<string, string>;
  /** Time for an interrupted cell to return from a native call before its process is ended. Default 10,000 ms. */
  interruptGraceMs?: number;
}

export interface ExecuteOptions {
  /** Run as quietly as possible: no outputs, no result, not counted. */
  silent?: boolean;
  /** Counts the cell. Default true, false if `silent`. */
  storeHistory?: boolean;
  /** Expressions evaluated in the scope after the cell succeeded, by name. */
  userExpressions?: Record<string, string>;
  /** Aborts the cells that wait at that moment after an error. Default true. */
  stopOnError?: boolean;
  /** Receives the cell's execution count when its turn comes. */
  onStart?(executionCount: number): void;
  /** Returns an error that keeps the cell from running, and is how it ended; called when the cell's turn has come. */
  refuse?(): Promise<ErrorContent | undefined>;
  /** Receives every output, also those that arrive after the cell ended. */
  onOutput?(output: Output): void;
}

/** End of a cell. Its error was also reported as an output (unless `silent`). */
export type ExecuteResult = { executionCount: number } & (
  | { status: 'ok'; userExpressions: Record<string, ExpressionResult> }
  | ({ status: 'error' } & ErrorContent)
  | { status: 'aborted' }
);

interface Job {
  id: number;
  code: string;
  options: ExecuteOptions;
  count: number;
  /** Until it is sent to the child it may be refused; once it ends, nothing else can end it. */
  state: 'waiting' | 'sent' | 'ending';
  outputs: CellOutputs;
  resolve(result: ExecuteResult): void;
}

/** Interval at which an interrupt is repeated while the cell does not stop, in milliseconds. */
const REPEAT_INTERRUPT_MS = 500;

/** Time after which the user is informed that an interrupted cell still runs, in milliseconds. */
const NOTICE_MS = 2000;

/** After an error, requests already on their way still count as waiting (milliseconds). */
const ABORT_WINDOW_MS = 20;

/**
 * One notebook's running state: cells execute one after another in a process of their own, on one shared scope.
 * Independent of ZeroMQ; the kernel and the headless notebook runner both use it.
 */
export class Session {
  readonly #options: Required<SessionOptions>;
  readonly #queue: Job[] = [];
  readonly #outputs = new Map<number, CellOutputs>();
  #process: CellProcess | undefined;
  #ready = false;
  #running: Job | undefined;
  #count = 0;
  #lastId = 0;
  #interrupting: NodeJS.Timeout | undefined;
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
    const id = this.#lastId;
    const outputs = new CellOutputs(output => {
      if (!options.silent) options.onOutput?.(output);
    });
    return new Promise(resolve => {
      this.#queue.push({ id, code, options, count: 0, state: 'waiting', outputs, resolve });
      this.#next();
    });
  }

  /**
   * Stops the running cell, keeping every variable. A cell blocked in a native call is given `interruptGraceMs`, then
   * its process is ended and started again. Settles when the cell has ended.
   */
  async interrupt(): Promise<void> {
    const job = this.#running;
    if (!job || job.state === 'ending' || this.#interrupting) return;
    if (job.state === 'waiting') {
      await this.#finish(job, INTERRUPTED);
      return;
    }
    const started = Date.now();
    let noticed = false;
    this.#process?.interrupt(job.id);
    this.#interrupting = setInterval(() => {
      const waited = Date.now() - started;
      if (waited >= this.#options.interruptGraceMs) {
        clearInterval(this.#interrupting);
        this.#stuck = true;
        this.#process?.kill();
        return;
      }
      if (waited >= NOTICE_MS && !noticed) {
        noticed = true;
        const limit = this.#options.interruptGraceMs / 1000;
        const text = `Interrupting: waiting for a native call to return (restarting after ${limit} s)\n`;
        job.outputs.push({ output_type: 'stream', name: 'stderr', text });
      }
      this.#process?.interrupt(job.id);
    }, REPEAT_INTERRUPT_MS);
    await new Promise<void>(resolve => {
      const settle = job.resolve;
      job.resolve = result => {
        settle(result);
        resolve();
      };
    });
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
    if (options.storeHistory !== false && !options.silent) this.#count = job.count;
    this.#running = job;
    this.#outputs.set(job.id, job.outputs);
    options.onStart?.(job.count);
    if (options.refuse) void this.#runUnlessRefused(job, options.refuse());
    else this.#run(job);
  }

  async #runUnlessRefused(job: Job, asked: Promise<ErrorContent | undefined>): Promise<void> {
    const error = await asked;
    if (this.#running !== job || job.state !== 'waiting') return;
    if (error) void this.#finish(job, { status: 'error', error });
    else this.#run(job);
  }

  #run(job: Job): void {
    if (!this.#process) this.#start();
    const { id, code, count, options } = job;
    job.state = 'sent';
    const { silent = false, userExpressions: expressions = {} } = options;
    this.#process?.send({ type: 'execute', id, code, count, silent, expressions });
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

  async #finish(job: Job, outcome: Outcome): Promise<void> {
    if (job.state === 'ending') return;
    job.state = 'ending';
    clearInterval(this.#interrupting);
    this.#interrupting = undefined;
    const executionCount = job.count;
    if (outcome.status === 'error') job.outputs.push({ output_type: 'error', ...outcome.error });
    job.outputs.flush();
    if (outcome.status === 'ok') {
      this.#running = undefined;
      job.resolve({ status: 'ok', executionCount, userExpressions: outcome.expressions });
    } else {
      if (job.options.stopOnError !== false) {
        await new Promise(resolve => setTimeout(resolve, ABORT_WINDOW_MS));
        this.#abortWaiting();
      }
      if (this.#running === job) this.#running = undefined;
      job.resolve({ status: 'error', executionCount, ...outcome.error });
    }
    // A turn later: what waits for this result acts before the next cell starts.
    setImmediate(() => this.#next());
  }

  #abortWaiting(): void {
    const executionCount = this.#count;
    for (const job of this.#queue.splice(0)) job.resolve({ status: 'aborted', executionCount });
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
    clearInterval(this.#interrupting);
    this.#interrupting = undefined;
    this.#abortWaiting();
    const job = this.#running;
    this.#running = undefined;
    job?.outputs.flush();
    job?.resolve({ status: 'aborted', executionCount: job.count });
    this.#outputs.clear();
    return old;
  }

  /** Returns the cell of an output that no cell claims: the running one, else the latest. */
  #current(): CellOutputs | undefined {
    return this.#running?.outputs ?? [...this.#outputs.values()].at(-1);
  }
}

const LOST = 'Variables are lost; a new process runs the next cell.';

function describeEnd({ code, signal, lastWords }: ProcessEnd, stuck: boolean): ErrorContent {
  const describe = (ename: string, why: string): ErrorContent => {
    const evalue = `${why}. ${LOST}`;
    return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
  };
  if (stuck) return describe('Interrupted', 'A native call did not return, so the process was restarted');
  if (/heap out of memory|allocation failed/i.test(lastWords))
    return describe('OutOfMemory', 'The cell needed more memory than JavaScript may use');
  if (signal) return describe('ProcessCrash', `The cell's process was ended by ${signal}`);
  return describe('ProcessExit', `The cell's process exited with code ${code ?? 'unknown'}`);
}
