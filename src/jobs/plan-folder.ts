import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { flush, writeFileAtomic } from '../files/index.ts';
import {
  anything,
  folderLease,
  type Guard,
  loadJson,
  messageOf,
  number,
  object,
  record,
  string,
} from '../runs/index.ts';
import type { JsonObject, PlannedRun } from './planned-run.ts';

/** Record of a completed run, in its `run.json`. */
export interface RunRecord extends Omit<PlannedRun, 'cost'> {
  /** ISO 8601 time at which the attempt began that completed it. */
  started: string;
  /** Wall time of that attempt, in seconds. */
  seconds: number;
}

/** Reason why a run has no result. */
export interface RunFailure {
  id: string;
  label: string;
  error: string;
}

const JSON_OBJECT: Guard<JsonObject> = { problem: record(anything).problem };

const RUN_RECORD = object<RunRecord>(
  {
    id: string,
    stage: string,
    version: number,
    label: string,
    config: JSON_OBJECT,
    inputs: record(string),
    started: string,
    seconds: number,
  },
  { open: true },
);

const RUN_FAILURE = object<RunFailure>({ id: string, label: string, error: string }, { open: true });

/** Folders in which a run is in progress. */
export interface RunWork {
  /** Becomes the run's folder. */
  out: string;
  /** Kept between attempts. */
  scratch: string;
}

const RECORD = 'run.json';
const LEASE = basename(folderLease('').path);

/** Returns the folder of a completed run's result. */
export function runFolder(folder: string, id: string): string {
  return join(folder, 'runs', id);
}

/** Lists the ids of the completed runs in a plan's folder. */
export async function completedRuns(folder: string): Promise<Set<string>> {
  return new Set(await namesIn(join(folder, 'runs')));
}

/** Reads the record of a completed run. @throws {Error} if there is none. */
export async function readRecord(folder: string, id: string): Promise<RunRecord> {
  const path = join(runFolder(folder, id), RECORD);
  const found = await loadJson(path, 'the record of a completed run', RUN_RECORD);
  if (found === undefined) throw new Error(`Cannot read the run ${id}: no file ${path}`);
  return found;
}

/**
 * Makes the folders of a run: empty, except for `scratch`, which keeps what an earlier attempt wrote, without the leases
 * of its worker: whoever has the lease of the plan has all of its folder.
 */
export async function beginRun(folder: string, id: string): Promise<RunWork> {
  const work = workOf(folder, id);
  await rm(work.out, { recursive: true, force: true });
  for (const place of Object.values(work)) await mkdir(place, { recursive: true });
  for (const name of await readdir(work.scratch, { recursive: true }))
    if (basename(name) === LEASE) await rm(join(work.scratch, name), { force: true });
  await rm(failurePath(folder, id), { force: true });
  return work;
}

/** Moves a run's result among the completed ones, after all of it is on the disk. */
export async function completeRun(folder: string, record: RunRecord): Promise<void> {
  const { id } = record;
  const { out } = workOf(folder, id);
  await writeFileAtomic(join(out, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  for (const name of await readdir(out, { recursive: true })) await flush(join(out, name));
  await flush(out);
  await mkdir(join(folder, 'runs'), { recursive: true });
  await rename(out, runFolder(folder, id));
  await flush(join(folder, 'runs'));
  await rm(join(folder, 'work', id), { recursive: true, force: true });
}

/** Records why a run has no result, until its next attempt. */
export async function failRun(folder: string, failure: RunFailure): Promise<void> {
  await writeFileAtomic(failurePath(folder, failure.id), `${JSON.stringify(failure, null, 2)}\n`);
}

/** Reads the recorded failures, by the ids of their runs. */
export async function readFailures(folder: string): Promise<Map<string, RunFailure>> {
  const failures = new Map<string, RunFailure>();
  for (const name of await namesIn(join(folder, 'failed'))) {
    if (!name.endsWith('.json')) continue;
    const failure = await loadJson(join(folder, 'failed', name), 'the failure of a run', RUN_FAILURE);
    if (failure) failures.set(failure.id, failure);
  }
  return failures;
}

function workOf(folder: string, id: string): RunWork {
  return { out: join(folder, 'work', id, 'out'), scratch: join(folder, 'work', id, 'scratch') };
}

function failurePath(folder: string, id: string): string {
  return join(folder, 'failed', `${id}.json`);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Error(`Cannot read the plan's folder ${folder}: ${messageOf(error)}`, { cause: error });
  });
}
