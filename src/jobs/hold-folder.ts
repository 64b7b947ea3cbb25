import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { isProcessAlive } from '../runs/index.ts';

/** Who works in a study's folder: its `lock.json`. */
export interface Holder {
  pid: number;
  host: string;
  token: string;
  /** Processes that work for it; each ends by itself soon after it. */
  workers: readonly number[];
}

/** A folder in which no other process works. */
export interface HeldFolder {
  /** Says which processes work for this one. */
  setWorkers(pids: readonly number[]): Promise<void>;
  release(): Promise<void>;
}

/** How long those may take to leave that are about to, in milliseconds: see {@link leaving}. */
const LEAVING_MS = 60_000;
const POLL_MS = 50;

/**
 * Takes a folder for this process, also from one that was killed, whose workers are waited for.
 *
 * @throws {Error} if another process works there, or workers of an earlier one do not end.
 * @throws the signal's reason, once it is aborted.
 */
export async function holdFolder(folder: string, signal?: AbortSignal): Promise<HeldFolder> {
  const path = lockPath(folder);
  const holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID(), workers: [] };
  await mkdir(folder, { recursive: true });
  while (!(await isNew(path, textOf(holder)))) {
    const left = await waitForEnd(path, signal);
    if (left !== undefined) await remove(path, left);
  }
  return {
    setWorkers: workers => writeFileAtomic(path, textOf({ ...holder, workers })),
    release: () => rm(path, { force: true }),
  };
}

/** Who works in a folder now; undefined if no process does that lives. */
export async function holderOf(folder: string): Promise<Holder | undefined> {
  const text = await readIfExists(lockPath(folder));
  if (text === undefined) return undefined;
  const holder: Holder = JSON.parse(text);
  return lives(holder) ? holder : undefined;
}

function lockPath(folder: string): string {
  return join(folder, 'lock.json');
}

function textOf(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

function lives({ host, pid }: Holder): boolean {
  return host !== hostname() || isProcessAlive(pid);
}

/** Writes a file unless there is one; whoever reads it finds it whole. */
async function isNew(path: string, text: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}.tmp`;
  await writeFile(aside, text);
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside);
  }
}

/** Waits while those leave who are about to. */
async function waitForEnd(path: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const end = performance.now() + LEAVING_MS;
  for (;;) {
    const found = await readIfExists(path);
    if (found === undefined) return undefined;
    const holder: Holder = JSON.parse(found);
    const left = leaving(holder);
    if (left.length === 0 && !lives(holder)) return found;
    if (left.length === 0 || performance.now() > end) {
      const { pid, host } = holder;
      const who = left.length === 0 ? `process ${pid} of ${host}` : `process ${left.join(', ')}`;
      throw new Error(
        `Cannot work on the study in ${dirname(path)}: ${who} works there; if it does not, delete ${path}`,
      );
    }
    await setTimeout(POLL_MS, undefined, { ...(signal && { signal }) });
  }
}

/**
 * Processes that leave the folder soon: the workers of one that was killed, and this one, where a notebook's cell
 * was interrupted and its workers still stop.
 */
function leaving(holder: Holder): number[] {
  if (!lives(holder)) return holder.workers.filter(isProcessAlive);
  return holder.pid === process.pid && holder.host === hostname() ? [holder.pid] : [];
}

/** Removes the lock of a process that has ended, and no lock that another process has put in its place. */
async function remove(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.old`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readIfExists(aside)) !== expected) await link(aside, path).catch(() => {});
  await rm(aside);
}
