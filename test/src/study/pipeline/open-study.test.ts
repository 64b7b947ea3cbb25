import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, expect, test, vi } from 'vitest';
import { describeStudy, openStudy } from '../../../../src/study/index.ts';
import { timesOf } from '../../../../src/study/pipeline/record-study.ts';
import { MANIFEST, RESULTS, writeResults } from '../example-study.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});

const LINE = 'live study mini: seeds 7, 8 and 9, 2026-11-23, 6 min on 2 × EPYC';

test('a study is opened from its folder, and says in a line what it is', async () => {
  await writeResults(folder);
  const said: string[] = [];
  const study = await openStudy(folder, { say: line => said.push(line) });
  expect(study).toMatchObject({ ...RESULTS, folder, kind: 'run' });
  expect(said).toEqual([`L${LINE.slice(1)}`]);
});

test('a part of a study that was recorded says so, and is found where the environment says', async () => {
  const sample = { answers: { kept: 90, of: 5400 }, facts: { kept: 0, of: 0 } };
  await writeResults(folder, { ...RESULTS, manifest: { ...MANIFEST, sample } });
  vi.stubEnv('IMITATION_LAB_STUDY', folder);
  const said: string[] = [];
  const study = await openStudy(undefined, { say: line => said.push(line) });
  vi.unstubAllEnvs();
  expect(study.kind).toBe('recorded');
  expect(said).toEqual([`Recorded ${LINE}`]);
});

test('a study shows itself by its models, items, intervals, device, versions and time', async () => {
  await writeResults(folder);
  const study = await openStudy(folder, { say: () => {} });
  const lines = [
    `L${LINE.slice(1)}.`,
    'A seed has 2 base models of 3,000 to 12,000 parameters, 1 imitation model and the teacher twice; each is asked ' +
      '20 questions on facts. Intervals: 95 %, by Student’s t over the means of the 3 seeds.',
    'EPYC, 2 cores, 8 GiB, linux x64; node 20.20.2, tensorflow-cpu 2.21.0, commit 0123456789 with changes; ' +
      'time of one core by stage: world 20 s, pretrain 10 min.',
  ];
  expect(describeStudy(study).lines).toEqual(lines);
  expect(inspect(study)).toBe(lines.join('\n'));
  const bundle = Reflect.get(study, Symbol.for('Jupyter.display'))();
  expect(bundle['text/plain']).toBe(lines.join('\n'));
  expect(bundle['text/html']).toBe(`<p>${lines.join('<br>\n')}</p>`);
});

test('a folder without a whole study is refused, naming the missing or broken file', async () => {
  await expect(openStudy(folder)).rejects.toThrow(/Cannot open the study in .*: manifest.json is required/);
  await writeResults(folder);
  await writeFile(join(folder, 'rows.jsonl'), '{"model": "base"}\nnone\n');
  await expect(openStudy(folder)).rejects.toThrow('rows.jsonl:2');
  await rm(join(folder, 'rows.jsonl'));
  await expect(openStudy(folder)).rejects.toThrow('rows.jsonl is required');
});

test('a study of a scale that is not run here is not re-run', async () => {
  await writeResults(folder, { ...RESULTS, manifest: { ...MANIFEST, scale: 'huge' } });
  await expect(openStudy(folder, { fresh: true })).rejects.toThrow(
    'its scale must be tiny or mini, got huge',
  );
});

test('the time of a study is that in which something was done, breaks left out', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + 1000 * seconds).toISOString();
  expect(
    timesOf([
      { stage: 'pretrain', started: at(10), seconds: 20 },
      { stage: 'world', started: at(0), seconds: 10 },
      { stage: 'pretrain', started: at(10), seconds: 30 },
      { stage: 'measure', started: at(100), seconds: 5 },
    ]),
  ).toEqual({ made: at(105), seconds: { world: 10, pretrain: 50, measure: 5 }, elapsed: 45 });
});
