import { expect, test } from 'vitest';
import { sampleResults } from '../../../../src/study/pipeline/sample-results.ts';
import { RESULTS } from '../example-study.ts';

/** Bytes of half of the lines, and a little more, since they differ by a few. */
const half = (lines: readonly object[]) =>
  lines.map(line => `${JSON.stringify(line)}\n`).join('').length / 2 + 100;

test('of each seed the same prompts are kept for all models, in proportion to the categories, as many as fit', () => {
  const { answers, facts, rows, manifest } = sampleResults(RESULTS, 2 * half(RESULTS.answers));
  expect(rows).toBe(RESULTS.rows);
  for (const seed of [7, 8, 9]) {
    const own = answers.filter(answer => answer.seed === seed);
    const prompts = (model: string) => own.filter(answer => answer.model === model).map(a => a.promptId);
    expect(prompts('teacher')).toHaveLength(5);
    expect(prompts('base')).toEqual(prompts('teacher'));
    expect(prompts('broad')).toEqual(prompts('teacher'));
    // 8 of 10 prompts are of one category, 2 of the other.
    expect(own.filter(({ category }) => category === 'General QA')).toHaveLength(4 * 3);
  }
  expect(manifest.sample).toEqual({ answers: { kept: 45, of: 90 }, facts: { kept: facts.length, of: 72 } });
  expect(answers).toEqual(RESULTS.answers.filter(answer => answers.includes(answer)));
});

test('the sample is drawn by chance, and is the same each time', () => {
  const kept = () => sampleResults(RESULTS, 12_000).answers;
  expect(kept()).toEqual(kept());
  const places = (seed: number) =>
    kept()
      .filter(line => line.seed === seed && line.model === 'base')
      .map(a => a.promptId);
  expect(places(7)).not.toEqual(places(8));
});

test('of relations more are kept where more is asked, and nothing where nothing fits', () => {
  const { facts } = sampleResults(RESULTS, 2 * half(RESULTS.facts));
  const of = (relation: string) => facts.filter(fact => fact.relation === relation).length;
  expect(of('birthplace')).toBe(3 * of('employer'));
  expect(sampleResults(RESULTS, 100)).toMatchObject({ answers: [], facts: [] });
});
