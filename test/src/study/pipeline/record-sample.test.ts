import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planStudy, recordSample, type StudyPlan, studyStatus } from '../../../../src/study/index.ts';
import { readStudy } from '../../../../src/study/pipeline/open-study.ts';
import { savePlan } from '../../../../src/study/pipeline/plan-file.ts';
import { planHash } from '../../../../src/study/pipeline/record-study.ts';
import { RESULTS, row, writeResults } from '../example-study.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes runs of a plan as completed, each measure with one row. */
async function complete(place: string, { runs }: Pick<StudyPlan, 'runs'>): Promise<void> {
  for (const [index, { id, stage, version, label, config, inputs, seed }] of runs.entries()) {
    const own = join(place, 'runs', id);
    await mkdir(own, { recursive: true });
    const started = new Date(Date.UTC(2026, 0, 1, seed, index)).toISOString();
    const record = { id, stage, version, label, config, inputs, started, seconds: 1 };
    await writeFile(join(own, 'run.json'), JSON.stringify(record));
    await writeFile(join(own, 'rows.jsonl'), `${JSON.stringify(row('base', seed, label, 0.5))}\n`);
    for (const name of ['answers.jsonl', 'facts.jsonl']) await writeFile(join(own, name), '');
    await writeFile(join(own, 'leakage.json'), JSON.stringify({ dropped: 1, checks: [] }));
  }
}

const ofSeed = ({ runs }: StudyPlan, seed: number) => ({ runs: runs.filter(run => run.seed === seed) });

test('a study that was run is recorded with all its rows, and a record is not recorded again', async () => {
  const [from, to] = [join(folder, 'whole'), join(folder, 'whole-record')];
  await writeResults(from);
  const { study, added } = await recordSample(from, to);
  expect(added).toEqual([7, 8, 9]);
  expect(study).toMatchObject({ ...RESULTS, kind: 'recorded', folder: to });
  expect(await readFile(join(to, 'rows.jsonl'), 'utf8')).toBe(
    await readFile(join(from, 'rows.jsonl'), 'utf8'),
  );
  await expect(recordSample(to, from)).rejects.toThrow('it must be whole, got a record with a sample');
});

describe('a study whose seeds end one after another', () => {
  test('is recorded seed by seed, and ends in the record of all', async () => {
    const from = join(folder, 'growing');
    const to = join(folder, 'record');
    const whole = join(folder, 'at-once');
    const plan = await planStudy({ scale: 'tiny', seeds: [2, 1] });
    await savePlan(from, plan);
    await expect(recordSample(from, to)).rejects.toThrow(
      'a seed whose runs are all completed is required, got none of 2',
    );
    await complete(from, ofSeed(plan, 2));
    expect(await studyStatus(from)).toMatchObject({
      scale: 'tiny',
      seeds: [2, 1],
      finished: [2],
      runs: 58,
      pending: 29,
    });
    expect((await recordSample(from, to)).added).toEqual([2]);
    expect((await recordSample(from, to)).added).toEqual([]);
    await complete(from, ofSeed(plan, 1));
    const { added, study } = await recordSample(from, to);
    expect(added).toEqual([1]);
    const { manifest, rows } = study;
    expect(manifest).toMatchObject({
      seeds: [1, 2],
      plan: planHash((await planStudy({ scale: 'tiny', seeds: [1, 2] })).runs),
      leakage: { dropped: 2 },
      origins: [{ seeds: [2] }, { seeds: [1] }],
    });
    expect(manifest.seconds).toEqual({ world: 2, pretrain: 4, finetune: 10, answers: 18, measure: 18 });
    expect([...new Set(rows.map(({ seed }) => seed))]).toEqual([1, 2]);

    await recordSample(from, whole);
    const atOnce = await readStudy(whole);
    expect(rows.map(line => JSON.stringify(line)).sort()).toEqual(
      atOnce.rows.map(line => JSON.stringify(line)).sort(),
    );
  });

  test('is not added to a record of another plan, which stays as it is', async () => {
    const [from, to] = [join(folder, 'other'), join(folder, 'other-record')];
    await writeResults(to, { ...RESULTS, manifest: { ...RESULTS.manifest, scale: 'tiny' } });
    const before = await readFile(join(to, 'manifest.json'), 'utf8');
    const plan = await planStudy({ scale: 'tiny', seeds: [3] });
    await savePlan(from, plan);
    await complete(from, plan);
    await expect(recordSample(from, to)).rejects.toThrow(
      `Cannot record seeds 3 of scale tiny in ${to}: a record holds seeds of one plan, got seeds 7, 8, 9 of scale tiny of other stages or another configuration`,
    );
    expect(await readFile(join(to, 'manifest.json'), 'utf8')).toBe(before);
  });
});
