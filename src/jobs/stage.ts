import type { OnProgress } from '../runs/index.ts';
import type { PlannedRun } from './planned-run.ts';

/** What a stage is given to do one run. */
export interface Job {
  config: PlannedRun['config'];
  /** The folders of the runs whose results it takes, by name. */
  inputs: Readonly<Record<string, string>>;
  /** Empty; what is written here is the run's result, and stands whole or not at all. */
  folder: string;
  /** For what lets the run go on after it was stopped or killed, such as checkpoints; goes once it has ended. */
  scratch: string;
  signal: AbortSignal;
  /** Told how far it is. */
  onProgress: OnProgress;
}

/**
 * Does one kind of run. Its result follows from the job's configuration and inputs alone: no clock, no place, no
 * chance but by a seed of the configuration.
 *
 * @throws the signal's reason, or an `AbortError`, once it is aborted.
 */
export type Stage = (job: Job) => Promise<void>;

/** Stages by their names: what a module of stages exports as `stages`. */
export type Stages = Readonly<Record<string, Stage>>;
