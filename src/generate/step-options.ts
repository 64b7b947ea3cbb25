import { tf } from '../compute/index.ts';

/**
 * Options of the steps that read sequences. There are many shapes, XLA takes seconds for each, and it knows no writing
 * in place. A step that runs plain is reported where that was not to be expected: other backends compile no step.
 */
export const STEP_OPTIONS = {
  xla: false,
  onFallback(message: string): void {
    if (tf.getBackend() === 'tensorflow') console.warn(message);
  },
};

/**
 * Returns the next size that steps are compiled for, so that a run needs few of them: up to 8 every number, then four
 * from one power of two to the next, 10, 12, 14, 16, 20 and so on. At most a quarter is added.
 */
export function bucket(size: number): number {
  const step = size <= 8 ? 1 : 2 ** (Math.ceil(Math.log2(size)) - 3);
  return Math.ceil(size / step) * step;
}
