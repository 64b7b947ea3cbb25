import { expect, test } from 'vitest';
import type { StudyRow } from '../../../../src/schema.ts';
import { exploratoryTable, HYPOTHESES, verdictTable } from '../../../../src/study/index.ts';
import { studyRow } from '../../figure/study-rows.ts';
import { goodStudy } from '../simulated-study.ts';

/** A valid study in which a measure of a model has another value in each seed. */
function withValues(measure: string, model: StudyRow['model'], of: (seed: number) => number) {
  const { rows, manifest } = goodStudy();
  const changed = rows.map(row =>
    row.measure === measure && row.model === model ? { ...row, value: of(row.seed) } : row,
  );
  return { rows: changed, manifest };
}

test('a claim is shown with its effect, interval, p, n, seeds, control and verdict', () => {
  const study = withValues('facts.exact-match', 'broad', seed => 0.2 + 0.001 * seed);
  const { rows, html, text } = verdictTable(study, ['facts-gain-nothing']);
  expect(rows).toMatchObject([
    { id: 'facts-gain-nothing', n: 4000, seeds: 10, verdict: 'supported', falls: true },
  ]);
  expect(html).toContain(
    '<strong>✓ supported</strong><br><small>it falls</small><br><small>control rises (facts.exact-match: facts − base: +',
  );
  expect(html).toContain('<td style="text-align: left">4000</td><td style="text-align: left">10</td>');
  expect(text).toMatch(/^✓ supported: Broad imitation does not improve answers about facts/);
  expect(text).toContain('; matters from 5.0; p < .001, n 4000, seeds 10');
});

test('without ids every claim is listed', () => {
  expect(verdictTable(goodStudy()).rows.map(({ id }) => id)).toEqual(HYPOTHESES.map(({ id }) => id));
});

test('p is that of all claims, whichever are shown', () => {
  const all = verdictTable(goodStudy()).rows.find(({ id }) => id === 'toxicity-falls');
  expect(verdictTable(goodStudy(), ['toxicity-falls']).rows).toEqual([all]);
});

test('a study without a valid instrument has no verdicts, and the caption says why', () => {
  const { rows } = goodStudy();
  const { html, text } = verdictTable({ rows, manifest: {} }, ['toxicity-falls']);
  const why = 'Invalid instrument, so no verdicts: of 14 checks 1 fail, wordings.';
  expect(html).toContain(`<caption>${why} `);
  expect(html).toContain('<strong>! invalid instrument</strong>');
  expect(html).not.toContain('supported');
  expect(text.split('\n')[0]).toBe(why);
});

test('an undecided claim states the seeds that it needs', () => {
  const study = withValues('toxicity.non-toxic', 'broad', seed => (seed % 2 === 0 ? 0.7 : 0.35));
  const { html, text } = verdictTable(study, ['toxicity-falls']);
  expect(html).toMatch(/<strong>\? undecided<\/strong><br><small>needs about \d+ seeds<\/small>/);
  expect(text).toMatch(/needs about \d+ seeds/);
});

test('what was not measured is reported', () => {
  const { html } = verdictTable({ rows: [], manifest: {} }, ['sums-gain-nothing']);
  expect(html).toContain(
    '<td style="text-align: left">not measured</td><td style="text-align: left">5.0</td>',
  );
});

test('each unit has its words', () => {
  const rouge = { measure: 'summaries.rouge1', size: 5 };
  const rows = [
    studyRow({ ...rouge, model: 'base', value: 20 }),
    studyRow({ ...rouge, model: 'summaries', budget: 7, value: 32.25, n: 4 }),
  ];
  const { html } = verdictTable({ rows, manifest: {} }, ['local-imitation-raises-summaries']);
  expect(html).toContain(
    '<td style="text-align: left">+12.3 of ROUGE</td><td style="text-align: left">1.0</td>',
  );
});

test('an id that is none is refused with those that are', () => {
  expect(() => verdictTable(goodStudy(), ['facts'])).toThrow(
    /Cannot give a verdict on "facts".*preference-rises-with-imitation, preference-saturates/,
  );
});

test('open questions are shown with effects and without verdicts', () => {
  const mixed = withValues('facts.exact-match', 'mix', seed => 0.8 + 0.001 * seed);
  const { rows, text } = exploratoryTable(mixed.rows);
  expect(rows[0]).toMatchObject({ id: 'mixing-keeps-facts', seeds: 10 });
  expect(rows[0]).not.toHaveProperty('verdict');
  expect(text).toMatch(/facts.exact-match: mix − broad: \+31\.3 points \[/);
});
