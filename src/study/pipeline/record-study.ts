import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PlannedRun, type RunRecord, readRecord, runFolder } from '../../jobs/index.ts';
import { startManifest } from '../../runs/index.ts';
import { stages } from '../stages/index.ts';
import { FILTER_FILE } from '../stages/prompts.ts';
import { LEAKAGE_FILE } from '../stages/world-files.ts';
import { parseLines, ROW } from '../study-lines.ts';
import { checkValidity } from '../validity/index.ts';
import { allLeakage, filteredPrompts, type StudyLeakage } from './leakage.ts';
import type { StatedPlan } from './plan-file.ts';
import { STUDY_FILES, type StudyManifest, writeStudyFiles } from './study-files.ts';

/** Files of lines, each joined from those of its runs. */
const FILES = [
  ['rows', STUDY_FILES.rows],
  ['answers', STUDY_FILES.answers],
  ['facts', STUDY_FILES.facts],
] as const;

/** Texts of the files of lines, by their kind. */
type StudyTexts = Record<keyof typeof STUDY_FILES, string>;

/**
 * Writes the results of a plan's runs: `rows.jsonl`, `answers.jsonl` and `facts.jsonl` in the order of the plan, which
 * follow from plan and machine alone, and `manifest.json`.
 *
 * @throws {Error} if a run is not completed.
 */
export async function recordStudy(folder: string, plan: StatedPlan): Promise<void> {
  const { texts, manifest } = await collectResults(folder, plan);
  await writeStudyFiles(folder, texts, manifest);
}

/** Collects the results of a plan's runs. @throws {Error} if a run is not completed. */
export async function collectResults(
  folder: string,
  { scale, seeds, config, runs }: StatedPlan,
): Promise<{ texts: StudyTexts; manifest: StudyManifest }> {
  const records: RunRecord[] = [];
  const leaks: StudyLeakage[] = [];
  const texts: StudyTexts = { rows: '', answers: '', facts: '' };
  for (const { id, stage } of runs) {
    records.push(await readRecord(folder, id));
    const outputs = stages.find(({ name }) => name === stage)?.outputs ?? [];
    const read = (name: string) => readFile(join(runFolder(folder, id), name), 'utf8');
    for (const [kind, name] of FILES) if (outputs.includes(name)) texts[kind] += await read(name);
    if (outputs.includes(LEAKAGE_FILE)) leaks.push(JSON.parse(await read(LEAKAGE_FILE)));
    if (outputs.includes(FILTER_FILE)) leaks.push(filteredPrompts(JSON.parse(await read(FILTER_FILE))));
  }
  const leakage = leaks.length > 0 ? { leakage: allLeakage(leaks) } : {};
  const rows = parseLines(texts.rows, STUDY_FILES.rows, ROW);
  const manifest: StudyManifest = {
    scale,
    seeds,
    config,
    plan: planHash(runs),
    ...timesOf(records),
    ...(await thisMachine()),
    ...leakage,
    checks: checkValidity({ rows, manifest: leakage }),
  };
  return { texts, manifest };
}

/** Hashes what decides the results of all runs of a plan: 64 hexadecimal digits. */
export function planHash(plan: readonly Pick<PlannedRun, 'id'>[]): string {
  return createHash('sha256')
    .update(plan.map(({ id }) => id).join('\n'))
    .digest('hex');
}

/** Sums the times of runs: when the last one ended, the work by stage, and the time on the clock without breaks. */
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

/** Describes this machine and its software. */
export async function thisMachine(): Promise<Pick<StudyManifest, 'versions' | 'commit' | 'device'>> {
  const { versions, commit, device } = (await startManifest({ config: null, seed: 0 }))();
  const { tensorflowPlace } = await import('../../compute/index.ts');
  const { ready, wheel } = await tensorflowPlace();
  return { versions: { ...versions, ...(ready && { [wheel.project]: wheel.version }) }, commit, device };
}
