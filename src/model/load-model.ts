import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { type Model, modelOf } from './model.ts';
import { openStoredModel } from './stored-model.ts';

/** Options of {@link loadModel}. */
export interface LoadModelOptions {
  /** Stops the loading; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
}

/**
 * Loads a model of a registered architecture, its weights as float32, onto the backend in use.
 *
 * @param path a folder in Hugging Face's layout (`config.json`, `model.safetensors` or shards), or a `.gguf` file.
 * @throws {ReadError} if a file is not what its format allows, the model is of a kind that is not computed here,
 *   or its tensors are not those of the config. Nothing stays in memory then.
 * @example
 * // Given tf.
 * const { config, weights } = await loadModel('checkpoints/gpt2');
 * const logits = forward(config, weights, tf.tensor2d([[64, 90]], undefined, 'int32'));
 * logits.shape.slice(0, 2); // [1, 2]
 */
export async function loadModel(path: string, options: LoadModelOptions = {}): Promise<Model> {
  const { signal = runningSignal() } = options;
  const stored = await openStoredModel(path);
  const weights: Record<string, Tensor> = {};
  try {
    for (const { name, shape, read } of stored.weights) {
      signal?.throwIfAborted();
      weights[name] = tf.tensor(await read(), [...shape]);
    }
    return modelOf(stored.config, weights, stored.form);
  } catch (error) {
    tf.dispose(weights);
    throw error;
  } finally {
    await stored.close();
  }
}
