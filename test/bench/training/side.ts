import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** One side of a comparison: a process that answers each request, a line of JSON, by a line of JSON. */
export interface Side {
  ask<T>(request: object): Promise<T>;
  /** The most memory that it has held so far, in MB of 2^20 bytes: code and libraries count too. Linux only. */
  peak(): number;
  end(): Promise<void>;
}

/** Starts a side. What it writes to standard error is seen if it fails. */
export function startSide(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Side {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const errors: Buffer[] = [];
  child.stderr.on('data', chunk => errors.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<T>(request: object): Promise<T> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (!done) return JSON.parse(value) as T;
      throw new Error(`${args.join(' ')} ended with ${await ended}: ${Buffer.concat(errors)}`);
    },
    peak() {
      const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kilobytes) / 1024;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
