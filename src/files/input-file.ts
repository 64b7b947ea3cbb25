import { readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { ReadError } from '../readers/index.ts';

/** A file that is read piece by piece. What it was when it was opened stays readable if it is replaced. */
export interface InputFile {
  path: string;
  /** Bytes. */
  size: number;
  /**
   * Fills the array with the bytes that start at the offset.
   *
   * @throws {ReadError} if the file ends before.
   */
  fill(bytes: Uint8Array, offset: number): Promise<void>;
  /** Does the same synchronously: for headers, which are read in many small steps. */
  fillNow(bytes: Uint8Array, offset: number): void;
  close(): Promise<void>;
}

/** Most bytes asked of the system at once; it takes no more than 2^31 - 1. */
const PIECE = 2 ** 28;

/**
 * Opens a file to read it piece by piece.
 *
 * @throws {ReadError} unless it is a file; the file system's error if it is out of reach.
 */
export async function openInput(path: string): Promise<InputFile> {
  // Asked before it is opened: to open a named pipe waits for whoever writes into it.
  const found = await stat(path);
  if (!found.isFile()) {
    throw new ReadError({
      at: path,
      required: 'a file',
      found: found.isDirectory() ? 'a folder' : 'a device',
    });
  }
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    return {
      path,
      size,
      fill: (bytes, offset) => fill(handle, path, bytes, offset),
      fillNow: (bytes, offset) => fillNow(handle, path, bytes, offset),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function fill(handle: FileHandle, path: string, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const piece = Math.min(bytes.length - done, PIECE);
    const { bytesRead } = await handle.read(bytes, done, piece, offset + done);
    if (bytesRead === 0) throw cutOff(path, bytes.length, offset, done);
    done += bytesRead;
  }
}

function fillNow({ fd }: FileHandle, path: string, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length; ) {
    const bytesRead = readSync(fd, bytes, done, Math.min(bytes.length - done, PIECE), offset + done);
    if (bytesRead === 0) throw cutOff(path, bytes.length, offset, done);
    done += bytesRead;
  }
}

function cutOff(path: string, bytes: number, offset: number, done: number): ReadError {
  const required = `${bytes} bytes from byte ${offset} on`;
  return new ReadError({ at: path, required, found: `the end of the file after ${done}` });
}
