import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flush, readIfExists, writeFileAtomic } from '../files/index.ts';
import { messageOf } from '../runs/index.ts';
import type { PlannedRun } from './planned-run.ts';

/** What stands beside a run's result, as `run.json`. */
export interface RunRecord extends Omit<PlannedRun, 'cost'> {
  /** ISO 8601 time at which the work on it began that led to the result. */
  started: string;
  /** Wall time of that work, in seconds. */
  seconds: number;
}

/** Why a run has no result. */
export interface RunFailure {
  id: string;
  label: string;
  error: string;
}

/** The folders in which a run is made. */
export interface RunWork {
  /** Becomes the run's folder. */
  out: string;
  /** Kept between attempts. */
  scratch: string;
}

const RECORD = 'run.json';

/** Where a run's result stands. */
export function runFolder(folder: string, id: string): string {
  return join(folder, 'runs', id);
}

/** The ids of the runs whose results stand in a study's folder. */
export async function standingRuns(folder: string): Promise<Set<string>> {
  return new Set(await namesIn(join(folder, 'runs')));
}

/** What is known of a run that stands. @throws {Error} if its record is gone. */
export async function readRecord(folder: string, id: string): Promise<RunRecord> {
  const path = join(runFolder(folder, id), RECORD);
  const text = await readIfExists(path);
  if (text === undefined) throw new Error(`Cannot read a run: ${path} is required, found none`);
  return JSON.parse(text);
}

/** Makes the folders in which a run is worked on: empty ones, but for what an earlier attempt left in `scratch`. */
export async function beginWork(folder: string, id: string): Promise<RunWork> {
  const work = workOf(folder, id);
  await rm(work.out, { recursive: true, force: true });
  for (const place of Object.values(work)) await mkdir(place, { recursive: true });
  await rm(failurePath(folder, id), { force: true });
  return work;
}

/** Gives what was made its place among the runs that stand, whole: all of it is on the disk before. */
export async function settleWork(folder: string, record: RunRecord): Promise<void> {
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

/** Keeps why a run has no result, until it is begun again. */
export async function writeFailure(folder: string, failure: RunFailure): Promise<void> {
  await writeFileAtomic(failurePath(folder, failure.id), `${JSON.stringify(failure, null, 2)}\n`);
}

/** The failures that are kept, by the ids of their runs. */
export async function readFailures(folder: string): Promise<Map<string, RunFailure>> {
  const failures = new Map<string, RunFailure>();
  for (const name of await namesIn(join(folder, 'failed'))) {
    const text = name.endsWith('.json') ? await readIfExists(join(folder, 'failed', name)) : undefined;
    if (text === undefined) continue;
    const failure: RunFailure = JSON.parse(text);
    failures.set(failure.id, failure);
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
    throw new Error(`Cannot read the study in ${folder}: ${messageOf(error)}`, { cause: error });
  });
}
