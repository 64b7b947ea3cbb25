import { rm, stat } from 'node:fs/promises';
import { sha256File } from '../util/index.ts';

/**
 * Holds a file to its recorded size and hash.
 *
 * @param what the file in words, for the error.
 * @param keep leaves a file with other content where it is, since it is not ours; default removes it.
 * @throws {Error} saying what was expected and found.
 */
export async function requireContent(
  path: string,
  expected: { bytes: number; sha256: string; signal?: AbortSignal | undefined },
  what: string,
  keep = false,
): Promise<void> {
  const { size } = await stat(path);
  const found = await sha256File(path, expected.signal);
  if (size === expected.bytes && found === expected.sha256) return;
  if (!keep) await rm(path, { force: true });
  throw new Error(
    `${what} is not the published file${keep ? '' : ' and was removed'}: ` +
      `expected ${expected.bytes} bytes with SHA-256 ${expected.sha256}, found ${size} bytes with ${found}`,
  );
}
