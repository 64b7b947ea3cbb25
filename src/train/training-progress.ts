import type { OnProgress } from '../runs/index.ts';
import type { TrainingRow } from '../schema.ts';

/** Reports of a run's progress. */
export interface TrainingProgress {
  /** Reports a step. */
  report(row: TrainingRow): void;
  /** Reports the end, which may be before the last step. */
  end(): void;
}

/**
 * Reports the progress of a run in tokens, with its losses and memory.
 *
 * @param total tokens of the whole run.
 * @param before tokens that were read before the run was resumed.
 */
export function trainingProgress(
  task: string,
  total: number,
  before: number,
  onProgress: OnProgress = () => {},
): TrainingProgress {
  let latest: Parameters<OnProgress>[0] = { task, done: before, total, unit: 'tokens' };
  onProgress(latest);
  return {
    report: ({ tokens, loss, evalLoss, memory }) => {
      const losses = [
        `train loss ${loss.toFixed(3)}`,
        ...(evalLoss === undefined ? [] : [`eval loss ${evalLoss.toFixed(3)}`]),
      ];
      const note = [...losses, `${(memory / 1e9).toFixed(1)} GB`].join(', ');
      latest = { task, done: tokens, total, unit: 'tokens', note };
      onProgress(latest);
    },
    end: () => {
      if (latest.done < total) onProgress({ ...latest, total: latest.done });
    },
  };
}
