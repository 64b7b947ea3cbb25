import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedRun } from '../jobs/index.ts';
import { type RunRecord, readRecord, runFolder } from '../jobs/index.ts';
import { startManifest } from '../runs/index.ts';
import { allLeakage, type StudyLeakage } from './leakage.ts';
import { LEAKAGE_FILE } from './stages/world-files.ts';
import { STUDY_FILES, type StudyManifest, writeStudyFiles } from './study-files.ts';

/** The files of lines that a run of a stage brings forth. */
const LEFT_BY: Readonly<Record<string, readonly (keyof typeof STUDY_FILES)[]>> = {
  answers: ['answers'],
  measure: ['rows', 'facts'],
};

/**
 * Writes what the runs of a plan brought forth: `rows.jsonl`, `answers.jsonl` and `facts.jsonl` in the order of the
 * plan, which follow from plan and machine alone, and `manifest.json`.
 *
 * @param study.config what the scale trains and asks.
 * @throws {Error} if a run does not stand.
 */
export async function recordStudy(
  folder: string,
  plan: readonly PlannedRun[],
  study: Pick<StudyManifest, 'scale' | 'seeds' | 'config'>,
): Promise<void> {
  const records: RunRecord[] = [];
  const leaks: StudyLeakage[] = [];
  const texts = { rows: '', answers: '', facts: '' };
  for (const { id, stage } of plan) {
    records.push(await readRecord(folder, id));
    const read = (name: string) => readFile(join(runFolder(folder, id), name), 'utf8');
    for (const name of LEFT_BY[stage] ?? []) texts[name] += await read(STUDY_FILES[name]);
    if (stage === 'world') leaks.push(JSON.parse(await read(LEAKAGE_FILE)));
  }
  const manifest: StudyManifest = {
    ...study,
    plan: planHash(plan),
    ...timesOf(records),
    ...(await thisMachine()),
    ...(leaks.length > 0 && { leakage: allLeakage(leaks) }),
  };
  await writeStudyFiles(folder, texts, manifest);
}

/** What decides the results of all runs of a plan, as 64 hexadecimal digits. */
export function planHash(plan: readonly PlannedRun[]): string {
  return createHash('sha256')
    .update(plan.map(({ id }) => id).join('\n'))
    .digest('hex');
}

/** When the last run ended, and how long all took: by stage, and on the clock, breaks left out. */
export function timesOf(
  records: readonly Pick<RunRecord, 'stage' | 'started' | 'seconds'>[],
): Pick<StudyManifest, 'made' | 'seconds' | 'elapsed'> {
  const seconds: Record<string, number> = {};
  let elapsed = 0;
  let until = 0;
  const spans = records
    .map(({ stage, started, seconds }) => ({ stage, seconds, from: Date.parse(started) / 1000 }))
    .sort((a, b) => a.from - b.from);
  for (const { stage, from, seconds: took } of spans) {
    seconds[stage] = (seconds[stage] ?? 0) + took;
    const end = from + took;
    elapsed += Math.max(0, end - Math.max(from, until));
    until = Math.max(until, end);
  }
  return { made: new Date(1000 * until).toISOString(), seconds, elapsed };
}

/** What computes here. */
export async function thisMachine(): Promise<Pick<StudyManifest, 'versions' | 'commit' | 'device'>> {
  const { versions, commit, device } = (await startManifest({ config: null, seed: 0 }))();
  const { tensorflowPlace } = await import('../compute/index.ts');
  const { ready, wheel } = await tensorflowPlace();
  return { versions: { ...versions, ...(ready && { [wheel.project]: wheel.version }) }, commit, device };
}
