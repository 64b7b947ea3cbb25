import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HeldLease, holderIn, type Lease } from './held-lease.ts';
import { claimLease, type Rival, readLease, stateOf } from './lease-file.ts';
import { type LeaseOwner, newOwner } from './lease-owner.ts';
import { messageOf } from './message-of.ts';

/** Output that one process writes at a time. */
export interface LeasedOutput {
  /** The output, as errors name it. */
  name: string;
  /** File of its lease. */
  path: string;
}

/** Names the lease of a folder: `lease.json` in it. */
export function folderLease(folder: string): LeasedOutput {
  return { name: folder, path: join(folder, 'lease.json') };
}

/** Names the lease of a file: `FILE.lease.json`. */
export function fileLease(file: string): LeasedOutput {
  return { name: file, path: `${file}.lease.json` };
}

/** Options of {@link acquireLease}. */
export interface LeaseOptions {
  /** Work that needs the output, as errors name it: `train`. */
  task: string;
  /** Stops the work. */
  signal?: AbortSignal | undefined;
}

/** Longest waits for what ends by itself, in milliseconds. */
const PATIENCE = {
  /** Processes that write for one that was killed, and end after their current step. */
  exiting: 60_000,
  /** A file that is being written. */
  incomplete: 10_000,
  /** Work of this process that has to stop; a cell of a notebook ends before its training has saved its state. */
  stopping: 10_000,
} as const;
const POLL_MS = 50;

/**
 * Acquires the right to write an output. The lease lasts as long as this process renews it, by a thread that a blocked
 * event loop does not stop. If the process is killed, another one on the same machine takes the lease at once, and one
 * on another machine once it has expired: after a minute, or `IMITATION_LAB_LEASE_SECONDS`.
 *
 * @throws {Error} if another process has the lease, naming it and the time until which it has it; or if the file of the
 *   lease cannot be written.
 * @throws the signal's reason, once it is aborted.
 */
export async function acquireLease(output: LeasedOutput, { task, signal }: LeaseOptions): Promise<Lease> {
  const { name, path } = output;
  const owner = newOwner(task);
  const start = performance.now();
  await mkdir(dirname(path), { recursive: true }).catch(error => throwUnwritable(output, error));
  for (;;) {
    signal?.throwIfAborted();
    const beaten = Date.now();
    const rival = attempt(output, owner);
    if (rival === undefined) return new HeldLease({ name, path, owner, beaten, signal });
    const stopping = rival.owner && holderIn(rival.owner)?.isStopping ? 'stopping' : undefined;
    const waitsFor = stopping ?? (rival.state === 'held' ? undefined : rival.state);
    if (waitsFor === undefined || performance.now() - start > PATIENCE[waitsFor]) {
      // Work that was cut off never ends.
      if (rival.owner && stopping) await holderIn(rival.owner)?.abandon();
      else throw new Error(refusal(name, path, rival));
    } else await setTimeout(POLL_MS, undefined, { signal });
  }
}

/**
 * Does work that writes an output while this process has its lease.
 *
 * @param output undefined for work that writes nothing, which needs no lease.
 * @returns what the work returns.
 * @throws as {@link acquireLease} and the work do.
 * @example
 * // Given join, writeFile.
 * await withLease(folderLease('runs/mine'), { task: 'count' }, async lease => {
 *   for (const number of [1, 2]) {
 *     await lease.confirm()
 *     await writeFile(join('runs/mine', 'number'), String(number))
 *   }
 * })
 */
export async function withLease<T>(
  output: LeasedOutput | undefined,
  options: LeaseOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  if (output === undefined) return work(noLease(options.signal));
  const lease = await acquireLease(output, options);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

/** Returns the owner of an output's lease; undefined if no process has it. */
export function leaseOwner({ path }: LeasedOutput): LeaseOwner | undefined {
  const found = readLease(path);
  if (!found?.owner) return undefined;
  return stateOf(found, Date.now(), newOwner('')) === 'held' ? found.owner : undefined;
}

function noLease(signal: AbortSignal | undefined): Lease {
  return {
    signal: signal ?? new AbortController().signal,
    confirm: async () => {},
    setWorkers: async () => {},
    release: async () => {},
  };
}

function attempt(output: LeasedOutput, owner: LeaseOwner): Rival | undefined {
  try {
    return claimLease(output.path, owner);
  } catch (error) {
    return throwUnwritable(output, error);
  }
}

function throwUnwritable({ name, path }: LeasedOutput, cause: unknown): never {
  throw new Error(`Cannot write ${name}: its lease ${path} cannot be written: ${messageOf(cause)}`, {
    cause,
  });
}

/** Words an error: who has the lease, and until when. */
function refusal(name: string, path: string, { owner, beaten, state }: Rival): string {
  if (owner === undefined)
    return `Cannot write ${name}: its lease ${path} is being written by another process`;
  const { process, workers, host, task, seconds } = owner;
  if (state === 'exiting')
    return `Cannot write ${name}: process ${process.pid} on ${host} has ended, and its processes ${workers.map(({ pid }) => pid).join(', ')} have not yet`;
  const until = new Date(beaten + 1000 * seconds).toISOString();
  return `Cannot write ${name}: process ${process.pid} on ${host} (${task}) has its lease until ${until}, and renews it while it runs`;
}
