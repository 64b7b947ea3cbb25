import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { protectionFlags } from './protection-flags.ts';
import type { Task } from './task.ts';

/** Folder of what runs in the sandbox's process: plain JavaScript, the same in `src` and in `dist`. */
export const CHILD_FOLDER = fileURLToPath(new URL('./child/', import.meta.url));

/** Most megabytes of JavaScript objects; Pyodide's own take about 30, Python's are not among them. */
const HEAP_MEGABYTES = 192;

export type LockedProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts the sandbox's process on a task: with nothing of this process's environment, with leave to read its
 * own code and Pyodide's, and with no way to make code from text.
 *
 * @throws {Error} if this Node has no permission model.
 */
export function startLocked(task: Task): LockedProcess {
  const readable = [CHILD_FOLDER, `${task.pyodide}/`, ...(task.snapshot === null ? [] : [task.snapshot])];
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
