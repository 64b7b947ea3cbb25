import { readFile } from 'node:fs/promises';

/** A file's text; undefined if it is not there. @throws the file system's error, if it cannot be read. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
