import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exists, writeFileAtomic } from '../files/index.ts';
import type { HubRepository } from './hub.ts';
import { type ExpectedContent, requireContent } from './require-content.ts';

/**
 * Returns the folder in which Hugging Face's Python libraries keep the files of a repository at a commit, which may not
 * exist: below `HF_HUB_CACHE`, else `hub` in `HF_HOME`, else `~/.cache/huggingface/hub`.
 */
export function pythonCacheFolder(
  { id, commit }: Pick<HubRepository, 'id' | 'commit'>,
  { HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME }: NodeJS.ProcessEnv = process.env,
): string {
  const home = HF_HOME || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface');
  return join(HF_HUB_CACHE || join(home, 'hub'), `models--${id.replace('/', '--')}`, 'snapshots', commit);
}

/**
 * Copies a file that another program has cached.
 *
 * @returns false if there is none, or it has another content.
 */
export async function copyCached(
  source: string,
  target: string,
  expected: ExpectedContent & { signal?: AbortSignal | undefined },
): Promise<boolean> {
  if (!(await exists(source))) return false;
  try {
    await requireContent(source, expected, `the cached file ${source}`, true);
  } catch {
    expected.signal?.throwIfAborted();
    return false;
  }
  await writeFileAtomic(target, createReadStream(source));
  return true;
}
