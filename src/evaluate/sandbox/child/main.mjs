/**
 * The sandbox's process: reads one task from standard input, locks itself down, starts Python, runs one
 * program and ends. It runs nothing unless Node's permission model holds it.
 *
 * Prints `{"started": SECONDS}` as a line before the program, the processor time so far, then
 * `{verdict, detail, stdout, seconds}` as a line; or, where the task is to make one, a snapshot's bytes and nothing else.
 */
import { Buffer } from 'node:buffer';
import { readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { TextEncoder } from 'node:util';
import { Script } from 'node:vm';
import { transplant } from './bare-realm.mjs';
import { limitMemory } from './limit-memory.mjs';
import { loadPython, PYTHON_FILES } from './load-python.mjs';
import { lockDown } from './lock-down.mjs';
import { processorClock } from './processor-time.mjs';
import { SET_UP } from './python-code.mjs';
import { pythonSession } from './python-session.mjs';
import { requireProtection } from './require-protection.mjs';

/** Most characters of Pyodide's own messages, which a program can cause. */
const LOG_LENGTH = 4_000;

/** Bytes that a program may write to files and pipes in all; they lie outside of Python's own memory. */
const FILE_BYTES = 64 * 2 ** 20;

/** Bytes read from a pipe at once. */
const PIPE_BYTES = 2 ** 16;

/** Milliseconds between two looks at a pipe that is not ready. */
const PIPE_WAIT = 1;

/** Is never notified. */
const never = new Int32Array(new SharedArrayBuffer(4));

const exit = process.exit.bind(process);
const processorSeconds = processorClock();
const encoder = new TextEncoder();

/** @type {import('../task.ts').Task | undefined} */
let task;
try {
  requireProtection(process.permission, process.execPath);
  const given = JSON.parse(readAll(0));
  task = given;
  const files = new Map(PYTHON_FILES.map(name => [name, readFileSync(join(given.pyodide, name))]));
  lockDown();
  await perform(given, files);
} catch (error) {
  writeAll(2, task?.snapshot ? `${error} (beginning from ${task.snapshot})` : `${error}`);
  exit(1);
}
exit(0);

/**
 * @param {import('../task.ts').Task} task
 * @param {Map<string, Uint8Array>} files Pyodide's files, by name.
 */
async function perform(task, files) {
  const { snapshot, memory, outputBytes, prelude, program } = task;
  const wasm = files.get('pyodide.asm.wasm') ?? new Uint8Array();
  files.set('pyodide.asm.wasm', limitMemory(wasm, memory));
  const image = snapshot === null ? null : readFileSync(snapshot);
  let room = LOG_LENGTH;
  const { realm, module } = await loadPython(files, image, text => {
    writeAll(2, text.slice(0, room));
    room = Math.max(room - text.length, 0);
  });
  const python = transplant(pythonSession, realm)(module, {
    setUp: SET_UP,
    isNew: image === null,
    fileBytes: FILE_BYTES,
    outputBytes,
  });
  if (image === null) return writeAll(1, python.memory());
  const start = new Script('start()');
  if (prelude !== '') {
    python.prepare(prelude);
    const ending = textOf(() => start.runInContext(realm));
    if (!ending?.startsWith('passed\n')) throw new Error(`Cannot run the prelude: ${ending}`);
  }
  python.prepare(program);
  const before = processorSeconds();
  writeAll(1, `${JSON.stringify({ started: before })}\n`);
  const options = { timeout: task.milliseconds, displayErrors: false };
  const ending = textOf(() => start.runInContext(realm, options)) ?? 'failed\nthe interpreter stopped';
  const [verdict, ...detail] = ending.split('\n');
  /** @type {import('../task.ts').Report} */
  const report = {
    verdict: verdict ?? '',
    detail: detail.join('\n'),
    stdout: textOf(python.output) ?? '',
    seconds: processorSeconds() - before,
  };
  writeAll(1, `${JSON.stringify(report)}\n`);
}

/**
 * Calls a function of the realm, and returns its result if it is a text; null for all else it gives or throws, which
 * is the program's and is not looked at.
 *
 * @param {() => unknown} action
 */
function textOf(action) {
  try {
    const text = action();
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

/**
 * Reads a pipe to its end, however slowly it is written: a task may be larger than what the pipe holds at once, and this
 * process may be there before the first of it.
 *
 * @param {number} pipe
 */
function readAll(pipe) {
  const parts = [];
  for (;;) {
    const part = Buffer.alloc(PIPE_BYTES);
    const size = whenReady(() => readSync(pipe, part));
    if (size === 0) return Buffer.concat(parts).toString();
    parts.push(part.subarray(0, size));
  }
}

/**
 * Writes to a pipe until all is written, however slowly it is read.
 *
 * @param {number} pipe
 * @param {string | Uint8Array} data
 */
function writeAll(pipe, data) {
  const bytes = typeof data === 'string' ? encoder.encode(data) : data;
  for (let at = 0; at < bytes.length; ) at += whenReady(() => writeSync(pipe, bytes, at));
}

/**
 * Does an action on a pipe as soon as the pipe is ready.
 *
 * @param {() => number} action
 */
function whenReady(action) {
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EAGAIN') throw error;
      Atomics.wait(never, 0, 0, PIPE_WAIT);
    }
  }
}
