import type { OnProgress } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';

/** Tells how far a run is, in tokens, with its loss and memory. */
export interface ToldProgress {
  row(row: TrainingRow): void;
  /** The run has ended, maybe before its last step. */
  end(): void;
}

/**
 * @param total tokens of the whole run.
 * @param before tokens that were read before the run was taken up again.
 */
export function tellProgress(
  task: string,
  total: number,
  before: number,
  onProgress: OnProgress = () => {},
): ToldProgress {
  let last = { task, done: before, total, unit: 'tokens' };
  onProgress(last);
  return {
    row: ({ tokens, loss, evalLoss, memory }) => {
      const losses = [
        `loss ${loss.toFixed(3)}`,
        ...(evalLoss === undefined ? [] : [`held out ${evalLoss.toFixed(3)}`]),
      ];
      const note = [...losses, `${(memory / 1e9).toFixed(1)} GB`].join(', ');
      last = { ...last, done: tokens, ...{ note } };
      onProgress(last);
    },
    end: () => {
      if (last.done < total) onProgress({ ...last, total: last.done });
    },
  };
}
