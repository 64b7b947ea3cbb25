import { open } from 'node:fs/promises';

/** Has a file's bytes, or a folder's names, on the disk: a rename stands once its folder is flushed. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
