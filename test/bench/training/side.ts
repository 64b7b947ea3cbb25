import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** One side of a comparison: a process that answers each request, a line of JSON, by a line of JSON. */
export interface Side {
  ask<T>(request: object): Promise<T>;
  /** The most memory that it has held so far, in MB of 2^20 bytes: code and libraries count too. Linux only. */
  peak(): number;
  /** Time that processors have worked for it so far, in milliseconds, to the hundredth of a second. Linux only. */
  processor(): number;
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
    processor() {
      // Behind the name of the process, which may hold spaces: the 12th and 13th field, of user and system.
      const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(/\) /);
      const [user, system] = fields.split(' ').slice(11, 13).map(Number);
      return 10 * ((user ?? Number.NaN) + (system ?? Number.NaN));
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
