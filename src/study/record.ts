import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, startManifest, writeFileAtomic } from '../util/index.ts';
import type { PlannedRun } from './runner/planned-run.ts';
import { readRecord, runFolder } from './runner/study-folder.ts';

/** What a study was, beside its rows. */
export interface StudyManifest extends Omit<Manifest, 'seed' | 'inputs' | 'seconds' | 'started'> {
  scale: string;
  seeds: readonly number[];
  /** Seconds of work by stage, summed over runs: those that ended, not attempts that were cut off. */
  seconds: Readonly<Record<string, number>>;
}

/** The files of lines that a run of a stage brings forth. */
const LINES: Readonly<Record<string, readonly ('rows.jsonl' | 'answers.jsonl' | 'facts.jsonl')[]>> = {
  answers: ['answers.jsonl'],
  measure: ['rows.jsonl', 'facts.jsonl'],
};

/**
 * Writes what the runs of a plan brought forth: `rows.jsonl`, `answers.jsonl` and `facts.jsonl` in the order of the
 * plan, which follow from plan and machine alone, and `manifest.json`.
 *
 * @param config what the scale trains and asks.
 * @throws {Error} if a run does not stand.
 */
export async function recordStudy(
  folder: string,
  plan: readonly PlannedRun[],
  study: { scale: string; seeds: readonly number[]; config: unknown },
): Promise<void> {
  const seconds: Record<string, number> = {};
  const files = { 'rows.jsonl': '', 'answers.jsonl': '', 'facts.jsonl': '' };
  for (const { id, stage } of plan) {
    const record = await readRecord(folder, id);
    seconds[stage] = (seconds[stage] ?? 0) + record.seconds;
    for (const name of LINES[stage] ?? [])
      files[name] += await readFile(join(runFolder(folder, id), name), 'utf8');
  }
  const { scale, seeds, config } = study;
  const { versions, commit, device } = (await startManifest({ config, seed: 0 }))();
  const manifest: StudyManifest = { scale, seeds, config, versions, commit, device, seconds };
  for (const [name, text] of Object.entries(files)) await writeFileAtomic(join(folder, name), text);
  await writeFileAtomic(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
