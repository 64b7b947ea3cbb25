/** Under this symbol the kernel leaves a function that gives the running cell's signal. */
const SIGNAL = Symbol.for('Jupyter.signal');

/**
 * Returns the abort signal of the notebook cell that is running, so that a long call stops when the analyst
 * interrupts the cell; undefined outside of a notebook.
 *
 * @example
 * // Given student, prompts.
 * for await (const { text } of student.generate(prompts, { signal: runningSignal() })) console.log(text)
 */
export function runningSignal(): AbortSignal | undefined {
  const signal: unknown = Reflect.get(globalThis, SIGNAL);
  const found: unknown = typeof signal === 'function' ? signal() : undefined;
  return found instanceof AbortSignal ? found : undefined;
}
