import { expect, test } from 'vitest';
import { HYPOTHESES, PAPER_INDEX, paperIndexTable } from '../../../src/study/index.ts';
import { studyRow } from '../figure/study-rows.ts';

test('every hypothesis is of a figure or table of the paper', () => {
  const known = HYPOTHESES.map(({ id }) => id).sort();
  expect([...new Set(PAPER_INDEX.flatMap(({ hypotheses }) => hypotheses))].sort()).toEqual(known);
});

test('beside each figure stands how many of its claims the study decides, and how', () => {
  const toxicity = { measure: 'toxicity.non-toxic', size: 5 } as const;
  const rows = [1, 2].flatMap(seed => [
    studyRow({ ...toxicity, seed, model: 'base', value: 0.2 }),
    studyRow({ ...toxicity, seed, model: 'broad', budget: 10, value: 0.9 }),
  ]);
  const { rows: lines, html } = paperIndexTable(rows);
  const told = Object.fromEntries(lines.map(({ figure, verdicts }) => [figure, verdicts]));
  expect(told['Figure 5']).toBe('✓ 1 supported');
  expect(told['Table 1']).toBe('? 4 undecided');
  expect(told['Figure 6']).toBe('–');
  expect(html).toContain('<a href="fig5.ipynb">fig5</a>');
});
