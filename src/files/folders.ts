import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the folder for what can be fetched or computed again: `IMITATION_LAB_CACHE`, else `imitation-lab` in
 * `XDG_CACHE_HOME`, else in `~/.cache`. It may not exist yet.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { IMITATION_LAB_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  return own || join(shared || join(homedir(), '.cache'), 'imitation-lab');
}

/** Returns the package's folder, with `package.json` and `data/`; the same from `src` and from `dist`. */
export function packageRoot(): string {
  return fileURLToPath(new URL('../../', import.meta.url));
}
