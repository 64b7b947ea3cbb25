import { exists } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { messageOf, type OnProgress, progressLine } from '../runs/index.ts';

/** Options of a model that is named as the hub has it. */
export interface HubModelOptions {
  /** Branch, tag or commit; default `main`. */
  revision?: string | undefined;
  /** A GGUF file of the repository, or the first of several; default weights in safetensors. */
  file?: string | undefined;
  /** Stops the fetch; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the bytes that are cached, of all that are fetched; default a line on standard error. */
  onProgress?: OnProgress | undefined;
}

/**
 * Returns the path of a model: itself where there is such a file or folder; else the model of this name is fetched,
 * unless it is cached, as {@link fetchModel} does.
 *
 * @param model a path, or a hub's name such as `Qwen/Qwen3-0.6B`.
 * @throws {Error} if there is neither.
 */
export async function modelPath(model: string, options: HubModelOptions = {}): Promise<string> {
  if (await exists(model)) return model;
  const { fetchModel, isModelName } = await import('../data/index.ts');
  if (!isModelName(model))
    throw new Error(
      `Cannot open ${model}: a model's folder, a .gguf file or the name of a model on the hub, OWNER/NAME, is required, found no such file`,
    );
  try {
    return (await fetchModel(model, { ...options, onProgress: options.onProgress ?? fetchLine() })).path;
  } catch (error) {
    (options.signal ?? runningSignal())?.throwIfAborted();
    throw new Error(`Cannot open ${model}: there is no such file or folder here. ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Returns the default drawing of a fetch, redrawn in a terminal and under a notebook's cell. */
function fetchLine(): OnProgress {
  return progressLine({ redraw: process.stderr.isTTY === true || runningSignal() !== undefined });
}
