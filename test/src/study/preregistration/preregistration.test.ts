import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../../../src/files/index.ts';
import { loadJson } from '../../../../src/runs/index.ts';
import {
  ATTEMPTS,
  confirmationAttempt,
  HYPOTHESES,
  preregistration,
  SEED_RANGES,
  VALIDITY_CHECKS,
} from '../../../../src/study/index.ts';
import { MANIFEST, writeResults } from '../example-study.ts';
import { goodStudy } from '../simulated-study.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confirmation-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a study on seeds whose instrument is valid, or in which an instruction is rarely followed. */
async function study(name: string, seeds: readonly number[], valid = true): Promise<string> {
  const { rows, manifest } = goodStudy();
  const ofSeeds = rows.flatMap(row => {
    const seed = seeds[row.seed - 1];
    if (seed === undefined) return [];
    const isFailing = !valid && row.measure === 'adherence.adheres' && row.model === 'broad';
    return [{ ...row, seed, value: isFailing ? 0.3 : row.value }];
  });
  const place = join(folder, name);
  await writeResults(place, {
    rows: ofSeeds,
    answers: [],
    facts: [],
    manifest: { ...MANIFEST, ...manifest, seeds },
  });
  return place;
}

test('the committed file is what the code states', async () => {
  const data = join(packageRoot(), 'data');
  const attempts = (await loadJson(join(data, 'confirmation.json'), 'attempts', ATTEMPTS)) ?? [];
  expect(await readFile(join(data, 'preregistration.md'), 'utf8')).toBe(preregistration(attempts));
});

test('it lists every claim with margin and control, every check and the seeds of each role', () => {
  const text = preregistration([]);
  expect(text).toContain('State: **development**');
  for (const { id, effect, sensitivity } of HYPOTHESES) {
    const line = text.split('\n').find(line => line.startsWith(`| \`${id}\``));
    expect(line).toContain(effect.text);
    if (sensitivity !== undefined) expect(line).toContain(sensitivity.control.text);
  }
  for (const { id, rule } of VALIDITY_CHECKS) expect(text).toContain(`| ${id} | ${rule} |`);
  for (const { role, first, last } of SEED_RANGES) expect(text).toContain(`| ${role} | ${first}–${last} |`);
  expect(text).toContain('facts.exact-match: facts − base');
});

test('no seed has two roles', () => {
  const seeds = SEED_RANGES.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('every attempt to confirm the instrument is listed, with the values of its checks', async () => {
  const failed = await confirmationAttempt(await study('first', [201, 202, 203], false), []);
  expect(failed).toMatchObject({ seeds: [201, 202, 203], valid: false });
  expect(preregistration([failed])).toContain('State: **not confirmed**: seeds 201, 202, 203, attempt 1');
  const passed = await confirmationAttempt(await study('second', [204, 205, 206]), [failed]);
  const text = preregistration([failed, passed]);
  expect(text).toContain('State: **confirmed** by seeds 204, 205, 206, attempt 2.');
  expect(text).toContain('Attempt 1: seeds 201, 202, 203');
  expect(text).toContain('| adherence | 0.3 | no |');
});

test('seeds of another role, or of an earlier attempt, confirm nothing', async () => {
  const first = await confirmationAttempt(await study('used', [201, 202, 203]), []);
  await expect(confirmationAttempt(await study('again', [201, 204, 205]), [first])).rejects.toThrow(
    '3 fresh seeds from 201 to 300 are required, got 201, 204, 205',
  );
  await expect(confirmationAttempt(await study('tuned', [101, 102, 103]), [])).rejects.toThrow(
    'got 101, 102, 103',
  );
  await expect(confirmationAttempt(await study('reported', [301, 302, 303]), [])).rejects.toThrow(
    'are required',
  );
  await expect(confirmationAttempt(await study('few', [201, 202]), [])).rejects.toThrow('got 201, 202');
});
