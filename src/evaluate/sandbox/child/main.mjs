/**
 * The sandbox's process: reads one task from standard input, locks itself down, starts Python, runs one
 * program and ends. It runs nothing unless Node's permission model holds it.
 *
 * Prints `{"started": true}` as a line before the program, then `{verdict, detail, stdout, seconds}` as a
 * line; or, where the task is to make one, a snapshot's bytes and nothing else.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { TextEncoder } from 'node:util';
import { Script } from 'node:vm';
import { transplant } from './bare-realm.mjs';
import { limitMemory } from './limit-memory.mjs';
import { loadPython } from './load-python.mjs';
import { lockDown } from './lock-down.mjs';
import { CLOSE, RUN } from './python-code.mjs';
import { requireProtection } from './require-protection.mjs';
import { sealPython } from './seal-python.mjs';

/** Files of its package that Pyodide loads. */
const FILES = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

/** Milliseconds by which the engine's clock may be ahead of the one that is read here. */
const CLOCKS_APART = 10;

/** Most characters of Pyodide's own messages, which a program can cause. */
const LOG_LENGTH = 4_000;

/** Bytes that a program may write to files and pipes in all; they lie outside of Python's own memory. */
const FILE_BYTES = 64 * 2 ** 20;

const exit = process.exit.bind(process);
const encoder = new TextEncoder();

/** @type {import('../task.ts').Task | undefined} */
let task;
try {
  requireProtection(process.permission, process.execPath);
  const given = JSON.parse(readFileSync(0, 'utf8'));
  task = given;
  const files = new Map(FILES.map(name => [name, readFileSync(join(given.pyodide, name))]));
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
  const { snapshot, memory, outputBytes } = task;
  const wasm = files.get('pyodide.asm.wasm') ?? new Uint8Array();
  files.set('pyodide.asm.wasm', limitMemory(wasm, memory));
  let room = LOG_LENGTH;
  const { realm, pyodide } = await loadPython(
    files,
    snapshot === null ? null : readFileSync(snapshot),
    text => {
      writeAll(2, text.slice(0, room));
      room = Math.max(room - text.length, 0);
    },
  );
  if (snapshot === null) return writeAll(1, pyodide.makeMemorySnapshot());
  const python = transplant(sealPython, realm)(pyodide, {
    close: CLOSE,
    run: RUN,
    fileBytes: FILE_BYTES,
    outputBytes,
  });
  if (task.prelude !== '') python.run(task.prelude);
  writeAll(1, `${JSON.stringify({ started: true })}\n`);
  writeAll(1, `${JSON.stringify(judge(task, realm, python))}\n`);
}

/**
 * Runs the program under the engine's own clock, which stops JavaScript and WebAssembly alike.
 *
 * @param {import('../task.ts').Task} task
 * @param {import('node:vm').Context} realm
 * @param {ReturnType<typeof sealPython>} python
 * @returns {import('../task.ts').Report}
 */
function judge({ program, milliseconds: limit }, realm, python) {
  python.prepare(program);
  const script = new Script('start()');
  const started = performance.now();
  const ending = textOf(() => script.runInContext(realm, { timeout: limit, displayErrors: false }));
  const milliseconds = performance.now() - started;
  const [verdict = '', ...detail] = (ending ?? 'failed\nthe interpreter stopped').split('\n');
  return {
    ...(ending === null && milliseconds >= limit - CLOCKS_APART
      ? { verdict: 'timed out', detail: '' }
      : { verdict, detail: detail.join('\n') }),
    stdout: textOf(python.output) ?? '',
    seconds: milliseconds / 1000,
  };
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
 * Writes to a pipe until all is written, however slowly it is read.
 *
 * @param {number} pipe
 * @param {string | Uint8Array} data
 */
function writeAll(pipe, data) {
  const bytes = typeof data === 'string' ? encoder.encode(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(pipe, bytes, at);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EAGAIN') throw error;
    }
  }
}
