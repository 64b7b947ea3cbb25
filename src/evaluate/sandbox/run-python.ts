import { runningSignal } from '../../notebook/index.ts';
import { startLocked } from './locked-process.ts';
import { MEASURES_PROCESSOR } from './process-usage.ts';
import { pyodideFolder } from './pyodide-package.ts';
import { ensureSnapshot } from './snapshot.ts';
import type { PythonVerdict } from './verdict.ts';
import { watchProcess } from './watch-process.ts';

/** Limits of one program. */
export interface PythonOptions {
  /**
   * Seconds of processor time that the program may take; default 3. Starting Python does not count. Where the system does
   * not measure processor time, elapsed time counts.
   */
  timeout?: number | undefined;
  /** Bytes of memory that Python may take, 31 MB of which it needs to start; default 256 MiB. */
  memory?: number | undefined;
  /** Most bytes that are kept of what the program prints, up to 1 MiB; default 64 KiB. */
  outputBytes?: number | undefined;
  /** Python that runs before the program, untimed, in the same interpreter; default none. */
  prelude?: string | undefined;
  /** Kills the program; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Folder for the memory of a started Python; default the user's cache folder. */
  cache?: string | undefined;
}

/** Milliseconds for Node and Python to start; a hundred times what they take on an idle machine. */
const START_LIMIT = 60_000;

/** Milliseconds for which a program may wait for the processor, and elapsed seconds for one of processor time. */
const WAIT_LIMIT = 60_000;
const LOAD_LIMIT = 20;

/** Milliseconds after which a process stops its program that nobody watches any more. */
const GRACE = 10_000;

/** Bytes that the process takes beside Python's memory: Node, compiled code, files. Measured 170 to 240 MB. */
const OVERHEAD = 448 * 2 ** 20;

/** Bytes that Python needs to start, and that Pyodide can address. */
const LEAST_MEMORY = 32 * 2 ** 20;
const MOST_MEMORY = 2 ** 31;

/** Bytes of output that still fit into a report, whatever they are. */
const MOST_OUTPUT = 2 ** 20;

/** Seconds whose elapsed time fits into a timer. */
const MOST_SECONDS = 100_000;

/**
 * Runs untrusted Python, as `exec(program, {})` in a fresh interpreter: CPython 3.14 as WebAssembly, in a process of
 * its own that can reach no file, network, environment or other process, and that is killed when it takes too much
 * processor time or memory. Only the standard library is available, with `asyncio`; no numpy, of which no build for
 * Pyodide is published where packages are installed from; no threads, sockets or subprocesses. The interpreter holds no
 * object of JavaScript.
 *
 * A program that sets out to deceive can make itself pass, as in any sandbox that runs the test beside it; it can
 * touch nothing else.
 *
 * @throws {RangeError} if a limit is out of range.
 * @throws {Error} if Pyodide is not installed, or Node has no permission model to hold the process.
 * @throws the signal's reason, once it is aborted.
 * @example
 * (await runPython('assert sorted([2, 1]) == [1, 2]')).verdict // 'passed'
 */
export async function runPython(program: string, options: PythonOptions = {}): Promise<PythonVerdict> {
  const { timeout = 3, memory = 256 * 2 ** 20, outputBytes = 65_536, prelude = '' } = options;
  const { signal = runningSignal(), cache } = options;
  requireWithin('timeout', timeout, 0.001, MOST_SECONDS);
  requireWithin('memory', memory, LEAST_MEMORY, MOST_MEMORY);
  requireWithin('outputBytes', outputBytes, 0, MOST_OUTPUT);
  signal?.throwIfAborted();
  const pyodide = pyodideFolder();
  const snapshot = await ensureSnapshot(pyodide, cache);
  signal?.throwIfAborted();
  const elapsed = MEASURES_PROCESSOR ? WAIT_LIMIT + LOAD_LIMIT * 1000 * timeout : Math.ceil(1000 * timeout);
  const milliseconds = Math.ceil(elapsed + GRACE);
  const child = startLocked({ pyodide, snapshot, prelude, program, milliseconds, memory, outputBytes });
  const kill = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  try {
    const verdict = await watchProcess(child, {
      start: START_LIMIT,
      processor: timeout,
      program: elapsed,
      memory: memory + OVERHEAD,
    });
    signal?.throwIfAborted();
    return verdict;
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`Cannot run Python: ${name} must lie within ${least} and ${most}, found ${value}`);
}
