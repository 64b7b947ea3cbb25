import { Worker } from 'node:worker_threads';
import { BEATS, LastBeat, LeaseKeeper } from './lease-keeper.ts';
import type { LeaseOwner } from './lease-owner.ts';
import type { LeaseReport, LeaseRequest, LeaseThreadData } from './lease-thread.ts';
import { messageOf } from './message-of.ts';
import { processIdentity } from './process-identity.ts';

/** The thread as it is built, since Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const THREAD = new URL('../../dist/runs/lease-thread.js', import.meta.url);

/** Right to write an output, which no other process has at the same time. */
export interface Lease {
  /** Aborts once the lease is lost, or where the work is to stop for another reason. */
  readonly signal: AbortSignal;
  /**
   * Makes sure that the lease is still held; to be called before each write. It takes no time, except after this
   * process was suspended.
   *
   * @throws {Error} if another process has the lease now, or the file system does not answer.
   */
  readonly confirm: () => Promise<void>;
  /** Names the processes that write for this one, which another process waits for if this one is killed. */
  setWorkers(pids: readonly number[]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Under this symbol a set of the owners of all leases that this process holds: the kernel, shutting down, stops its cells
 * and waits until it is empty.
 */
const WRITING = Symbol.for('Jupyter.writing');

/** Leases that this process holds, by the ids of their owners. */
const held = new Map<string, HeldLease>();

/** Returns the lease that this process holds as an owner. */
export function holderIn({ id }: LeaseOwner): HeldLease | undefined {
  return held.get(id);
}

process.on('exit', () => {
  for (const lease of held.values()) lease.releaseNow();
});

/** Request without its number; distributive, so that each kind keeps its own fields. */
type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** Lease that this process holds, and that its thread renews. */
export class HeldLease implements Lease {
  readonly signal: AbortSignal;
  readonly #name: string;
  readonly #path: string;
  readonly #owner: LeaseOwner;
  readonly #stop: AbortSignal | undefined;
  readonly #lost = new AbortController();
  readonly #lastBeat = new LastBeat();
  readonly #thread: Worker;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #requests = 0;
  #hasEnded = false;
  #released: Promise<void> | undefined;

  /** @param lease.beaten time before it was claimed, in milliseconds of this machine's clock. */
  constructor(lease: {
    name: string;
    path: string;
    owner: LeaseOwner;
    beaten: number;
    signal: AbortSignal | undefined;
  }) {
    const { name, path, owner, beaten, signal } = lease;
    this.#name = name;
    this.#path = path;
    this.#owner = owner;
    this.#stop = signal;
    this.#lastBeat.at = beaten;
    this.signal = signal ? AbortSignal.any([signal, this.#lost.signal]) : this.#lost.signal;
    const workerData: LeaseThreadData = { path, owner, buffer: this.#lastBeat.buffer };
    // Without the flags of this process, which need not suit a thread: `--input-type` does not.
    this.#thread = new Worker(THREAD, { workerData, execArgv: [] });
    this.#thread.unref();
    this.#thread.on('message', (report: LeaseReport) => this.#receive(report));
    this.#thread.on('error', error => this.#lose(`its thread has failed: ${messageOf(error)}`));
    this.#thread.on('exit', () => {
      this.#hasEnded = true;
      for (const { resolve } of this.#waiting.values()) resolve();
    });
    held.set(owner.id, this);
    beingWritten().add(owner.id);
  }

  /** Reports whether the work that holds it has to stop. */
  get isStopping(): boolean {
    return this.#stop?.aborted ?? false;
  }

  readonly confirm = async (): Promise<void> => {
    this.#lost.signal.throwIfAborted();
    if (this.#released) throw new Error(`Cannot write ${this.#name}: its lease was released`);
    const { seconds } = this.#owner;
    if (this.#lastBeat.isWithin(seconds - seconds / BEATS)) return;
    await this.#ask({ type: 'beat' });
    this.#lost.signal.throwIfAborted();
    if (!this.#lastBeat.isWithin(seconds))
      throw new Error(`Cannot write ${this.#name}: its lease has expired`);
  };

  async setWorkers(pids: readonly number[]): Promise<void> {
    await this.#ask({ type: 'set-workers', workers: pids.map(processIdentity) });
    this.#lost.signal.throwIfAborted();
  }

  release(): Promise<void> {
    this.#released ??= this.#release()
      // What cannot be removed expires.
      .catch(() => {})
      .finally(() => this.#forget());
    return this.#released;
  }

  async #release(): Promise<void> {
    const isIdle = this.#waiting.size === 0 && this.#lastBeat.isWithin(this.#owner.seconds / BEATS / 2);
    if (!isIdle) return this.#ask({ type: 'release' });
    // A thread between two heartbeats changes no file, and may not have started yet.
    await this.#thread.terminate();
    this.releaseNow();
  }

  /** Releases it at once, from this thread. */
  releaseNow(): void {
    try {
      new LeaseKeeper(this.#path, this.#owner, this.#lastBeat).release();
    } catch {
      // What cannot be removed expires.
    }
  }

  /** Gives it up to other work of this process: what held it was cut off. */
  async abandon(): Promise<void> {
    this.#lose('other work of this process has it now');
    await this.#thread.terminate();
    this.releaseNow();
  }

  /** Sends a request to the thread, which keeps the process alive until it has replied. */
  async #ask(request: Unnumbered<LeaseRequest>): Promise<void> {
    if (this.#hasEnded) return;
    const id = ++this.#requests;
    this.#thread.ref();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#thread.postMessage({ ...request, id } satisfies LeaseRequest);
      });
    } finally {
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#thread.unref();
    }
  }

  #receive(report: LeaseReport): void {
    if (report.type === 'lost') {
      const { process, host } = report.owner ?? {};
      this.#lose(`${process ? `process ${process.pid} on ${host}` : 'another process'} has it now`);
    } else if (report.type === 'done') this.#waiting.get(report.id)?.resolve();
    else this.#waiting.get(report.id)?.reject(new Error(`Cannot write ${this.#name}: ${report.error}`));
  }

  #lose(reason: string): void {
    this.#forget();
    this.#lost.abort(new Error(`Cannot continue to write ${this.#name}: its lease is lost, ${reason}`));
  }

  #forget(): void {
    held.delete(this.#owner.id);
    beingWritten().delete(this.#owner.id);
  }
}

/** Returns the set that the kernel looks at; one for all copies of this module. */
function beingWritten(): Set<unknown> {
  const found: unknown = Reflect.get(globalThis, WRITING);
  if (found instanceof Set) return found;
  const written = new Set<unknown>();
  Reflect.set(globalThis, WRITING, written);
  return written;
}
