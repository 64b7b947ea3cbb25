/**
 * Functions of the kernel for a cell's code, or a library it calls. Both are found by registered symbols, so that a
 * library needs no dependency on this package: `globalThis[Symbol.for('Jupyter.signal')]` and
 * `globalThis[Symbol.for('Jupyter.publish')]`.
 */
import type { Output } from './outputs.ts';

const SIGNAL = Symbol.for('Jupyter.signal');
const PUBLISH = Symbol.for('Jupyter.publish');

/**
 * Returns the signal that aborts when the calling cell is interrupted.
 *
 * @throws {Error} if the caller is no cell's code.
 */
export function cellSignal(): AbortSignal {
  const signal = (Reflect.get(globalThis, SIGNAL) as (() => AbortSignal | undefined) | undefined)?.();
  if (!signal) throw new Error('Cannot give the signal of a cell: this code was not started by one');
  return signal;
}

/**
 * Clears the calling cell's output.
 *
 * @param wait keep what is shown until the next output replaces it, so that nothing flickers. Default false.
 * @throws {Error} if no kernel runs this code.
 */
export function clearOutput(wait = false): void {
  const publish = Reflect.get(globalThis, PUBLISH) as ((output: Output) => void) | undefined;
  if (!publish) throw new Error('Cannot clear the output: this code does not run in a cell');
  publish({ output_type: 'clear_output', wait });
}
