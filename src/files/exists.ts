import { access, readFile } from 'node:fs/promises';

/** Reports whether a file or folder of this name exists. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Reads a file's text; undefined if it does not exist. @throws the file system's error, if it cannot be read. */
export async function readIfExists(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(error => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  });
}

/** Reports whether an error is the system's error of this code, such as `ENOENT`. */
export function isErrno(error: unknown, code: string): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
