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

/**
 * Writes what the runs of a plan brought forth: `rows.jsonl` and `answers.jsonl` in the order of the plan, which
 * follow from plan and machine alone, and `manifest.json`.
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
  let [rows, answers] = ['', ''];
  for (const { id, stage, config } of plan) {
    const record = await readRecord(folder, id);
    seconds[stage] = (seconds[stage] ?? 0) + record.seconds;
    const read = (name: string) => readFile(join(runFolder(folder, id), name), 'utf8');
    if (stage === 'measure') rows += await read('rows.jsonl');
    if (stage === 'answers') {
      const { size = null, budget = null, seed = null } = config;
      for (const line of (await read('answers.jsonl')).trimEnd().split('\n')) {
        if (line !== '') answers += `${JSON.stringify({ ...JSON.parse(line), size, budget, seed })}\n`;
      }
    }
  }
  const { scale, seeds, config } = study;
  const { versions, commit, device } = (await startManifest({ config, seed: 0 }))();
  const manifest: StudyManifest = { scale, seeds, config, versions, commit, device, seconds };
  await writeFileAtomic(join(folder, 'rows.jsonl'), rows);
  await writeFileAtomic(join(folder, 'answers.jsonl'), answers);
  await writeFileAtomic(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
