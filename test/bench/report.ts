/**
 * Benchmark of a report on five students and 10,000 prompts: under two minutes, and a page under 10 MB. Prints the time
 * and writes `build/bench/report.json`.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { report } from '../../src/report/index.ts';
import { type Random, seededRandom } from '../../src/stats/index.ts';

const PROMPTS = 10_000;
const folder = resolve(import.meta.dirname, '../../build/bench');

const FUNCTION_WORDS =
  'the of and a to in is you that it for on are as with be this have from or by not'.split(' ');

/** Words, nearly half of them function words and the others as rare as words are. */
function words({ next, choose }: Random, count: number): string {
  const word = () => (next() < 0.45 ? choose(FUNCTION_WORDS) : `w${Math.floor(20_000 * next() ** 3)}`);
  return `${Array.from({ length: count }, word).join(' ')}.`;
}

/** An answer with a list and a summary, or a paragraph. */
function answer(random: Random, isTeachers: boolean): string {
  if (!isTeachers) return words(random, 60 + random.integer(120));
  const items = Array.from({ length: 4 + random.integer(4) }, (_, i) => `${i + 1}. ${words(random, 15)}`);
  return `${words(random, 30)}\n\n${items.join('\n')}\n\nOverall, ${words(random, 15)}`;
}

test('a report on five students and 10,000 prompts takes under two minutes and 10 MB', async () => {
  const random = seededRandom('report');
  const prompts = Array.from({ length: PROMPTS }, () => words(random, 20));
  const rows = (isTeachers: boolean) =>
    prompts.map((prompt, id) => ({ id, prompt, output: answer(random, isTeachers) }));
  const students = Object.fromEntries([1, 2, 3, 4, 5].map(i => [`student-${i}`, rows(i % 2 === 0)]));
  const out = await mkdtemp(join(tmpdir(), 'report-'));
  const start = performance.now();
  await report({ teacher: { teacher: rows(true) }, base: { base: rows(false) }, students, out });
  const seconds = (performance.now() - start) / 1000;
  const { size } = await stat(join(out, 'report.html'));
  await rm(out, { recursive: true });
  console.table({ seconds, megabytes: size / 1e6 });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ seconds, bytes: size }, null, 2)}\n`);
  expect(seconds).toBeLessThan(120);
  expect(size).toBeLessThan(10e6);
});
