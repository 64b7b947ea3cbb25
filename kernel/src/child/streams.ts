import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { StreamOutput } from '../outputs.ts';
import { publish } from './cell.ts';

/** Sends what the process prints to the cell that prints it: `console`, `process.stdout` and `process.stderr`. */
export function captureStreams(): void {
  capture('stdout');
  capture('stderr');
  // The given console swallows what its stream throws: a loop of an interrupted cell would print on for ever.
  const { stdout, stderr } = process;
  globalThis.console = new Console({ stdout, stderr, ignoreErrors: false });
}

function capture(name: StreamOutput['name']): void {
  const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (text) publish({ output_type: 'stream', name, text });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback as () => void);
    return true;
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      write(chunk as string | Buffer);
      done();
    },
  });
  // Overridden on the stream itself, so that text leaves at once and an interrupted cell's print throws.
  const own = Object.assign(stream, { write, fd: name === 'stdout' ? 1 : 2, isTTY: false });
  Object.defineProperty(process, name, { value: own, configurable: true, enumerable: true, writable: true });
}
