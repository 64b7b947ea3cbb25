import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PREFIX = '.work-';
/** Age in milliseconds after which a work folder was left by a process that was killed. */
const STALE = 24 * 3600 * 1000;

/**
 * Runs work in a folder of its own below `parent`, which is gone afterwards, however the work ends. Folders that
 * killed processes left behind go too.
 */
export async function inWorkFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (name.startsWith(PREFIX) && age > STALE) await rm(path, { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(parent, PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives a finished folder its name, unless another process was quicker. */
export async function moveInto(finished: string, folder: string): Promise<void> {
  await rename(finished, folder).catch(error => {
    if (!existsSync(folder)) throw error;
  });
}
