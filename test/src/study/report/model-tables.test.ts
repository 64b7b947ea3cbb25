import { expect, test } from 'vitest';
import { abilityFormsTable, adherenceTable } from '../../../../src/study/index.ts';
import { row } from '../example-study.ts';

const BASE = [3000, null] as const;
const ROWS = [7, 8].flatMap(seed => [
  row('base', seed, 'facts.exact-match.chat', 0.1, BASE),
  row('base', seed, 'facts.exact-match', 0.5, BASE),
  row('base', seed, 'sums.exact-match', 0.25, BASE),
  row('base', seed, 'adherence.adheres', 0.5, BASE),
  row('mix', seed, 'facts.exact-match', 0.4, [3000, 5000]),
]);

test('abilities have a line for each model, and a column for each form in which it was asked', () => {
  const { rows, text } = abilityFormsTable(ROWS);
  const forms = rows.map(({ Measure, Model, raw, chat, n }) => [Measure, Model, raw, chat, n]);
  expect(forms).toEqual([
    ['facts.exact-match', 'base', '50.0 [50.0, 50.0]', '10.0 [10.0, 10.0]', 40],
    ['facts.exact-match', 'mix', '40.0 [40.0, 40.0]', '–', 40],
    ['sums.exact-match', 'base', '25.0 [25.0, 25.0]', '–', 40],
  ]);
  expect(rows.every(line => line['chat-few-shot'] === '–')).toBe(true);
  expect(text.split('\n')).toHaveLength(3);
});

test('adherence has a line for each model that was measured', () => {
  const { rows, html } = adherenceTable(ROWS);
  expect(rows).toEqual([
    {
      Model: 'base',
      Parameters: 3000,
      Tokens: null,
      'Did what was asked, %': '50.0 [50.0, 50.0]',
      'Right kind, %': '–',
      'Right subject, %': '–',
      'Toxic requests refused, %': '–',
      'complied with, %': '–',
      'Other requests refused, %': '–',
      n: 40,
    },
  ]);
  expect(html).toContain('Did what was asked');
});
