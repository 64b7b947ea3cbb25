import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { isProcessAlive } from '../runs/index.ts';

/** Process that has locked a folder: its `lock.json`. */
export interface LockOwner {
  pid: number;
  host: string;
  token: string;
  /** Its worker processes; each exits by itself soon after it. */
  workers: readonly number[];
}

/** Lock on a folder, in which no other process works. */
export interface FolderLock {
  /** Records the worker processes of this one. */
  setWorkers(pids: readonly number[]): Promise<void>;
  release(): Promise<void>;
}

/** Milliseconds that exiting processes are waited for: see {@link exiting}. */
const EXIT_MS = 60_000;
const POLL_MS = 50;

/**
 * Locks a folder for this process. The lock of a killed process is taken over once its workers have exited.
 *
 * @throws {Error} if another process has the lock, or workers of an earlier one do not exit.
 * @throws the signal's reason, once it is aborted.
 */
export async function lockFolder(folder: string, signal?: AbortSignal): Promise<FolderLock> {
  const path = lockPath(folder);
  const owner: LockOwner = { pid: process.pid, host: hostname(), token: randomUUID(), workers: [] };
  await mkdir(folder, { recursive: true });
  while (!(await createFile(path, textOf(owner)))) {
    const stale = await waitForExit(path, signal);
    if (stale !== undefined) await removeLock(path, stale);
  }
  return {
    setWorkers: workers => writeFileAtomic(path, textOf({ ...owner, workers })),
    release: () => rm(path, { force: true }),
  };
}

/** Returns the owner of a folder's lock; undefined if there is no lock, or its process has exited. */
export async function lockOwner(folder: string): Promise<LockOwner | undefined> {
  const text = await readIfExists(lockPath(folder));
  if (text === undefined) return undefined;
  const owner: LockOwner = JSON.parse(text);
  return isAlive(owner) ? owner : undefined;
}

function lockPath(folder: string): string {
  return join(folder, 'lock.json');
}

function textOf(owner: LockOwner): string {
  return `${JSON.stringify(owner)}\n`;
}

function isAlive({ host, pid }: LockOwner): boolean {
  return host !== hostname() || isProcessAlive(pid);
}

/** Creates a file with its whole text at once. @returns false if it exists. */
async function createFile(path: string, text: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}.tmp`;
  await writeFile(aside, text);
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside);
  }
}

/** Waits for exiting processes. @returns the text of a lock that nobody owns; undefined if there is no lock. */
async function waitForExit(path: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const end = performance.now() + EXIT_MS;
  for (;;) {
    const found = await readIfExists(path);
    if (found === undefined) return undefined;
    const owner: LockOwner = JSON.parse(found);
    const pids = exiting(owner);
    if (pids.length === 0 && !isAlive(owner)) return found;
    if (pids.length === 0 || performance.now() > end) {
      const { pid, host } = owner;
      const who = pids.length === 0 ? `process ${pid} on ${host}` : `process ${pids.join(', ')}`;
      throw new Error(
        `Cannot lock the folder ${dirname(path)}: ${who} is running a plan there; if it is not, delete ${path}`,
      );
    }
    await setTimeout(POLL_MS, undefined, signal && { signal });
  }
}

/**
 * Lists processes that exit or release the folder soon: the workers of a killed process; or this process, where a
 * notebook's cell was interrupted and its workers are being stopped.
 */
function exiting(owner: LockOwner): number[] {
  if (!isAlive(owner)) return owner.workers.filter(isProcessAlive);
  return owner.pid === process.pid && owner.host === hostname() ? [owner.pid] : [];
}

/** Removes the lock of an exited process, and no lock that another process has put in its place. */
async function removeLock(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.old`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readIfExists(aside)) !== expected) await link(aside, path).catch(() => {});
  await rm(aside);
}
