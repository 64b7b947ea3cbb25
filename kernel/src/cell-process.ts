import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  encodeFrame,
  FRAMES_IN,
  FRAMES_OUT,
  type FromChild,
  frameReader,
  INTERRUPTS_IN,
  type ToChild,
} from './frames.ts';
import { NativeOutput } from './native-output.ts';

/** Flags of the child: terminating JavaScript keeps the process only without the async hooks' checks. */
const NODE_FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

/**
 * Time for a child to end by itself when it is closed, in milliseconds: it finishes what its cells write, and Jupyter
 * waits for five seconds.
 */
const CLOSE_MS = 4500;

/** Wait for the rest of what native code printed in a cell, in milliseconds. */
const DRAIN_MS = 200;

/** Characters of native error output kept to explain why the process died. */
const LAST_WORDS = 4096;

/** End of the child process; `lastWords` is the end of what it wrote to its standard error. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  lastWords: string;
}

export interface ProcessEvents {
  onFrame(frame: FromChild): void;
  /** Receives text that did not come through the console: of native code and subprocesses. */
  onPrint(name: 'stdout' | 'stderr', text: string): void;
  onEnd(end: ProcessEnd): void;
}

/** The process that runs the cells' code. Its death never takes the kernel with it. */
export class CellProcess {
  readonly #child: ChildProcess;
  readonly #stdout: NativeOutput;
  readonly #stderr: NativeOutput;
  readonly #ended: Promise<void>;
  #attempts = 0;

  constructor(options: { cwd: string; env: NodeJS.ProcessEnv }, events: ProcessEvents) {
    const main = fileURLToPath(new URL('./child/main.js', import.meta.url));
    this.#child = spawn(process.execPath, [...NODE_FLAGS, main], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    let lastWords = '';
    this.#stdout = new NativeOutput(text => events.onPrint('stdout', text));
    this.#stderr = new NativeOutput(text => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
      events.onPrint('stderr', text);
    });
    this.#readable(1).on('data', (chunk: Buffer) => this.#stdout.write(chunk));
    this.#readable(2).on('data', (chunk: Buffer) => this.#stderr.write(chunk));
    this.#readable(FRAMES_OUT).on('data', frameReader(events.onFrame));
    // Writing to a child that has just died is reported by its end, not by the pipe.
    for (const fd of [FRAMES_IN, INTERRUPTS_IN]) this.#writable(fd).on('error', () => {});
    this.#ended = new Promise(resolve => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        resolve();
        events.onEnd({ code, signal, lastWords });
      };
      this.#child.once('close', end);
      this.#child.once('error', error => {
        lastWords = error.message;
        end(null, null);
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(frame: ToChild): void {
    this.#writable(FRAMES_IN).write(encodeFrame(frame));
  }

  /** Asks the cell to stop, both of its event loop and of the thread that can stop a blocked one. */
  interrupt(id: number): void {
    this.#attempts += 1;
    const order: ToChild = { type: 'interrupt', id, attempt: this.#attempts };
    this.send(order);
    this.#writable(INTERRUPTS_IN).write(encodeFrame(order));
  }

  /** Settles when everything native code printed before cell `id` ended was passed on, or after a short while. */
  async drain(id: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([Promise.all([this.#stdout.endOf(id), this.#stderr.endOf(id)]), late]);
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Lets the process end by itself, and ends it if it does not. */
  async close(): Promise<void> {
    for (const fd of [FRAMES_IN, INTERRUPTS_IN]) this.#writable(fd).end();
    const timer = setTimeout(() => this.kill(), CLOSE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #readable(fd: number): Readable {
    return this.#child.stdio[fd] as Readable;
  }

  #writable(fd: number): Writable {
    return this.#child.stdio[fd] as Writable;
  }
}
