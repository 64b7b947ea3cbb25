import { readFile } from 'node:fs/promises';

/**
 * Holds a run to the one that its folder was begun with.
 *
 * @param path of the manifest; where there is none, nothing was begun.
 * @throws {Error} naming the first setting that differs.
 */
export async function requireSameRun(path: string, config: Readonly<Record<string, unknown>>): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return;
  const begun = JSON.parse(text).config ?? {};
  for (const name of new Set([...Object.keys(begun), ...Object.keys(config)])) {
    const [before, now] = [begun[name], config[name]].map(value => JSON.stringify(value) ?? 'unset');
    if (before !== now)
      throw new Error(
        `Cannot go on with the run of ${path}: it was begun with ${name} ${before}, and ${now} was asked for; name another folder or delete it`,
      );
  }
}
