import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeFrame, FRAMES_IN, FRAMES_OUT, type FromChild, frameReader, type ToChild } from '../frames.ts';

/**
 * Sends a message to the parent. Writing blocks until the pipe has taken it, so that nothing is lost
 * when the process dies right after, and a cell that prints faster than the parent reads has to wait.
 */
export function send(frame: FromChild): void {
  try {
    writeWhole(FRAMES_OUT, Buffer.from(encodeFrame(frame)));
  } catch (error) {
    // The parent is gone, and this process is about to leave: what its cells still do must not fail for that.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** Writes all bytes to a blocking descriptor, also if a signal cuts a write short. */
export function writeWhole(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** Calls `onFrame` for every order; `onClose` when the parent is gone. */
export function listen(onFrame: (frame: ToChild) => void, onClose: () => void): void {
  const socket = new Socket({ fd: FRAMES_IN });
  socket.on('data', frameReader(onFrame));
  socket.on('close', onClose);
  socket.on('error', onClose);
}
