import { rm, stat } from 'node:fs/promises';
import { contentHash, gitBlobFile } from '../files/index.ts';

/** Expected hash and size of a file. One of both hashes is enough. */
export interface ExpectedContent {
  bytes: number;
  /** 64 hexadecimal digits. */
  sha256?: string | undefined;
  /** The name that git gives the content, 40 hexadecimal digits. */
  gitBlob?: string | undefined;
}

/**
 * Holds a file to its recorded size and hash.
 *
 * @param what the file in words, for the error.
 * @param keep leaves a file with other content where it is, since it is not ours; default removes it.
 * @throws {Error} saying what was expected and found.
 */
export async function requireContent(
  path: string,
  expected: ExpectedContent & { signal?: AbortSignal | undefined },
  what: string,
  keep = false,
): Promise<void> {
  const { bytes, sha256, gitBlob, signal } = expected;
  const { size } = await stat(path);
  const [kind, wanted, found] =
    sha256 === undefined
      ? (['git hash', gitBlob, await gitBlobFile(path, signal)] as const)
      : (['SHA-256', sha256, await contentHash(path, { signal })] as const);
  if (size === bytes && found === wanted) return;
  if (!keep) await rm(path, { force: true });
  throw new Error(
    `${what} is not the published file${keep ? '' : ' and was removed'}: ` +
      `expected ${bytes} bytes with ${kind} ${wanted}, found ${size} bytes with ${found}`,
  );
}
