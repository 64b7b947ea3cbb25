import type { Progress } from '../runs/index.ts';
import type { PlannedRun } from './planned-run.ts';
import type { RunContext, RunResult } from './stage.ts';

/** A run for a worker, with the results that it uses. */
export interface RunOrder
  extends Pick<PlannedRun, 'stage' | 'version' | 'config'>,
    Pick<RunContext, 'folder' | 'scratch'> {
  inputs: Readonly<Record<string, RunResult>>;
}

/** Message to a worker: do a run, or stop the current one. */
export type WorkerRequest = { type: 'run'; order: RunOrder } | { type: 'stop' };

/** Message of a worker: how far its run is, or how it ended. */
export type WorkerReport =
  | { type: 'progress'; progress: Progress }
  | { type: 'done' }
  | { type: 'stopped' }
  | { type: 'failed'; error: string };
