import type { StoredModel, TensorSource } from '../model/index.ts';
import type { Lease, OnProgress } from '../runs/index.ts';

/** Weights of a model that is converted. */
export interface WeightsInTurn {
  sources: TensorSource[];
  /** Reports that all are written. */
  finish(): void;
}

/**
 * Lists the weights of a model that is converted, each read when its turn comes, which is where the conversion stops if
 * it is to stop, or no longer has the lease of its output.
 *
 * @param from the model's path, for the progress.
 * @param onProgress receives the number of weights that are written, of all.
 */
export function weightsInTurn(
  { weights }: StoredModel,
  from: string,
  { signal, confirm }: Lease,
  onProgress: OnProgress | undefined,
): WeightsInTurn {
  const total = weights.length;
  const report = (done: number) => onProgress?.({ task: `convert ${from}`, done, total, unit: 'weights' });
  const sources = weights.map(({ name, shape, read }, index) => ({
    name,
    shape,
    async values() {
      signal.throwIfAborted();
      await confirm();
      report(index);
      return read();
    },
  }));
  return { sources, finish: () => report(total) };
}
