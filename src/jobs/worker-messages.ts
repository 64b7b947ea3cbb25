import type { Progress } from '../runs/index.ts';
import type { Job } from './stage.ts';

/** What a worker is told: to do a run, or to stop the one that it does. */
export type Order =
  | { type: 'run'; stage: string; job: Omit<Job, 'signal' | 'onProgress'> }
  | { type: 'stop' };

/** What a worker tells: how far it is, and how a run ended. */
export type Report =
  | { type: 'progress'; progress: Progress }
  | { type: 'done' }
  | { type: 'stopped' }
  | { type: 'failed'; error: string };
