import type { PlannedRun } from '../../jobs/index.ts';
import type { ModelSizes } from '../../model/index.ts';
import type { FoundCheckpoint } from '../config/find-checkpoint.ts';
import type { FoundData } from '../config/find-data.ts';
import type { RunEstimate } from '../estimate/estimate-run.ts';
import type { DataSource } from '../stages/finetune.ts';
import type { OutsideModel } from '../stages/open-model.ts';
import type { PlannedModel } from './plan-models.ts';
import type { StudyRun } from './study-run.ts';

/** A checkpoint of known shape. */
export type ShapedCheckpoint = FoundCheckpoint & { sizes: ModelSizes };

/** A model of a study of checkpoints: a checkpoint, one that was trained from it, or the teacher. */
export interface CheckpointModel extends PlannedModel {
  /** The base model; undefined for the teacher. */
  base?: ShapedCheckpoint;
  trained?: StudyRun<'finetune'>;
  /** The model itself, if no run trains it. */
  outside: OutsideModel;
}

/** Reports whether the shape of a checkpoint is known. */
export function isShaped(checkpoint: FoundCheckpoint): checkpoint is ShapedCheckpoint {
  return checkpoint.sizes !== null;
}

/** Describes a run that trains, asks or measures a model. @param model with its base, if the run loads that. */
export function detailsOf(
  { who, base }: Pick<CheckpointModel, 'who' | 'base'>,
  estimate: RunEstimate,
): Omit<StudyRun, keyof PlannedRun> {
  return { seed: who.seed, who, estimate, checkpoint: base?.name ?? null };
}

/** Returns what decides the data of a run. */
export function sourceOf({ kind, sources, fingerprint }: FoundData): DataSource {
  return { kind, sources, fingerprint };
}

/** Returns an estimate's seconds; 1 where they are unknown before the data are available. */
export function costOf({ seconds }: RunEstimate): number {
  return seconds ?? 1;
}
