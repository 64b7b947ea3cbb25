import { tf } from '../compute/index.ts';

/** Warns that a step runs plain, where that was not to be expected: other backends compile no step at all. */
export function onFallback(message: string): void {
  if (tf.getBackend() === 'tensorflow') console.warn(message);
}
