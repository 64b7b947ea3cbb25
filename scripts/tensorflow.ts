import { type EnsureOptions, ensureTensorflow } from 'imitation-lab/compute';
import { say } from './step.mjs';

/**
 * Sets up the backend on which models compute, once per machine. Reading and comparing answers needs none, so a
 * failure only prints the reason and the backend that is used instead.
 *
 * @param python a Python with pip, for the download.
 */
export async function setUpTensorflow(python: string, options: EnsureOptions = {}): Promise<void> {
  const started = performance.now();
  let steps = 0;
  try {
    await ensureTensorflow({
      python,
      ...options,
      onStep: step => {
        steps++;
        say(`… ${step}`);
      },
    });
    if (steps > 0) say(`✓ TensorFlow is set up (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    say(
      `TensorFlow is not set up, so models run on the backend cpu, which is far slower. ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}
