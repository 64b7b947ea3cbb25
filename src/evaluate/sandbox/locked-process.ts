import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { THREAD_STAT } from './child/processor-time.mjs';
import type { Task } from './task.ts';

/** Folder of what runs in the sandbox's process: plain JavaScript, the same in `src` and in `dist`. */
export const CHILD_FOLDER = fileURLToPath(new URL('./child/', import.meta.url));

/** Most megabytes of JavaScript objects; Pyodide's own take about 30, Python's are not among them. */
const HEAP_MEGABYTES = 192;

export type LockedProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts the sandbox's process on a task: with nothing of this process's environment, with leave to read its
 * own code, Pyodide's and its processor time, and with no way to make code from text.
 *
 * @throws {Error} if this Node has no permission model.
 */
export function startLocked(task: Task): LockedProcess {
  const readable = [CHILD_FOLDER, `${task.pyodide}/`, THREAD_STAT];
  if (task.snapshot !== null) readable.push(task.snapshot);
  const flags = [
    ...protectionFlags(readable),
    '--disallow-code-generation-from-strings',
    '--experimental-vm-modules',
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    '--no-warnings',
  ];
  const child = spawn(process.execPath, [...flags, `${CHILD_FOLDER}main.mjs`], {
    cwd: CHILD_FOLDER,
    env: {},
    stdio: 'pipe',
    windowsHide: true,
  });
  // A process that ends before it has read its task closes the pipe; its exit code gives the reason.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(task));
  return child;
}

/**
 * Returns Node's options for a process that may read a few files and otherwise reach nothing: no writing, no other
 * processes, no threads, no native code, and, where Node can deny it, no network.
 *
 * @param readable files and folders that it may read.
 * @param known options that this Node knows; default its own.
 * @throws {Error} if this Node has no permission model: then nothing untrusted may run.
 * @see https://nodejs.org/api/permissions.html
 */
export function protectionFlags(
  readable: readonly string[],
  known: { has(flag: string): boolean } = process.allowedNodeEnvironmentFlags,
): string[] {
  const permission = ['--permission', '--experimental-permission'].find(flag => known.has(flag));
  if (permission === undefined) {
    throw new Error(
      `Cannot run untrusted Python: Node's permission model (Node 20 or newer) is required, ` +
        `found ${process.title} ${process.version} without it`,
    );
  }
  return [permission, ...readable.map(path => `--allow-fs-read=${path}`)];
}
