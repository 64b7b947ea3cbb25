import { join } from 'node:path';
import { parseWholeRows, readIfExists } from '../files/index.ts';
import { ReadError, shown } from '../readers/index.ts';
import {
  folderLease,
  leaseOwner,
  literal,
  loadJson,
  number,
  object,
  optional,
  string,
} from '../runs/index.ts';
import type { TrainingRow, TrainingState } from '../schema.ts';
import type { BestEvaluation } from './early-stopping.ts';

/** Files of a run, in its folder. */
export const RUN_FILES = {
  state: 'run.json',
  manifest: 'manifest.json',
  metrics: 'metrics.jsonl',
  samples: 'samples.jsonl',
  checkpoints: 'checkpoints',
} as const;

/** Later versions may write more fields. */
const OPEN = { open: true };

const STATE = object<TrainingState>(
  {
    version: literal(1),
    task: string,
    status: literal('running', 'finished', 'interrupted', 'failed'),
    steps: number,
    tokens: number,
    ended: optional(literal('steps', 'patience')),
    best: optional(object<BestEvaluation>({ step: number, loss: number }, OPEN)),
    kept: optional(number),
    error: optional(string),
  },
  OPEN,
);

/** Reads the state of the run in a folder; undefined before one has started. @throws {Error} if it is no run's state. */
export async function readRunState(folder: string): Promise<TrainingState | undefined> {
  return loadJson(join(folder, RUN_FILES.state), 'the state of a run', STATE);
}

/** Tests whether a process is training in a folder. */
export function isTraining(folder: string): boolean {
  return leaseOwner(folderLease(folder)) !== undefined;
}

/** Reads the whole lines of a file of a run's rows. @throws {ReadError} naming file and line of one that is no row. */
export async function readRows<T extends { step: number } = TrainingRow>(path: string): Promise<T[]> {
  const text = (await readIfExists(path)) ?? '';
  return parseWholeRows(text, path).map(({ value, at }) => {
    if (isRow<T>(value)) return value;
    throw new ReadError({
      at,
      required: 'a row of a run, with a number as "step"',
      found: shown(value.step),
    });
  });
}

/** Tests whether a value is a row as this program writes them. */
function isRow<T extends { step: number }>(value: object): value is T {
  return 'step' in value && typeof value.step === 'number';
}
