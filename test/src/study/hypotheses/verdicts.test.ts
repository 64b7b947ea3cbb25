import { expect, test } from 'vitest';
import { HYPOTHESES, verdictTable } from '../../../../src/study/index.ts';
import { SMALL_STUDY, studyRow } from '../../figure/study-rows.ts';

test('a claim is shown with its effect, interval, n, seeds and verdict', () => {
  // Of both seeds −20 points: 0.2 after imitation, 0.4 before.
  const { rows, html, text } = verdictTable(SMALL_STUDY, ['facts-gain-nothing']);
  expect(rows).toMatchObject([{ id: 'facts-gain-nothing', n: 20, seeds: 2, verdict: 'supported' }]);
  expect(html).toContain(
    '<td style="text-align: left">−20.0 points<br><small>[−20.0, −20.0]</small></td><td style="text-align: left">5.0</td><td style="text-align: left">20</td><td style="text-align: left">2</td>',
  );
  expect(html).toContain('<strong>✓ supported</strong>');
  expect(text).toMatch(/^✓ supported: Broad imitation does not improve answers about facts/);
});

test('without ids every claim is listed', () => {
  expect(verdictTable(SMALL_STUDY).rows.map(({ id }) => id)).toEqual(HYPOTHESES.map(({ id }) => id));
});

test('what was not measured is reported, and decides nothing', () => {
  const { html } = verdictTable(SMALL_STUDY, ['sums-gain-nothing']);
  expect(html).toContain(
    '<td style="text-align: left">not measured</td><td style="text-align: left">5.0</td><td style="text-align: left">0</td><td style="text-align: left">0</td>',
  );
  expect(html).toContain('<strong>? undecided</strong>');
});

test('each unit has its words', () => {
  const rouge = { measure: 'summaries.rouge1', size: 5 };
  const rows = [
    studyRow({ ...rouge, model: 'base', value: 20 }),
    studyRow({ ...rouge, model: 'summaries', budget: 7, value: 32.25, n: 4 }),
  ];
  const { html } = verdictTable(rows, ['local-imitation-raises-summaries']);
  expect(html).toContain(
    '<td style="text-align: left">+12.3 of ROUGE</td><td style="text-align: left">1.0</td><td style="text-align: left">4</td><td style="text-align: left">1</td>',
  );
});

test('an id that is none is refused with those that are', () => {
  expect(() => verdictTable(SMALL_STUDY, ['facts'])).toThrow(
    /Cannot give a verdict on "facts".*preference-rises-with-imitation, preference-saturates/,
  );
});
