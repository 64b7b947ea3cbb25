import { expect, test } from 'vitest';
import { FIGURES, type PaperFigure } from '../../../src/figure/index.ts';
import { HYPOTHESES, paperIndexTable } from '../../../src/study/index.ts';
import { studyRow } from '../figure/study-rows.ts';

const toxicity = { measure: 'toxicity.non-toxic', size: 5 } as const;
const ROWS = [1, 2].flatMap(seed => [
  studyRow({ ...toxicity, seed, model: 'base', value: 0.2 }),
  studyRow({ ...toxicity, seed, model: 'broad', budget: 10, value: 0.9 }),
]);

test('every hypothesis belongs to a figure or table of the paper', () => {
  const known = HYPOTHESES.map(({ id }) => id).sort();
  expect([...new Set(FIGURES.flatMap(({ hypotheses }) => hypotheses))].sort()).toEqual(known);
});

test('the index counts, for each figure, the claims that the study decides', () => {
  const { rows, html } = paperIndexTable(ROWS);
  const verdicts = Object.fromEntries(rows.map(row => [row.figure, row.verdicts]));
  expect(verdicts['Figure 5']).toBe('✓ 1 supported');
  expect(verdicts['Table 1']).toBe('? 4 undecided');
  expect(verdicts['Figure 6']).toBe('–');
  expect(html).toContain('<a href="fig5.ipynb">fig5</a>');
});

test('the index shows a figure that is registered by one object', () => {
  const own: PaperFigure = {
    id: 'fig9',
    title: 'Figure 9',
    question: 'Is it kinder?',
    notebook: 'fig9',
    evidence: ['live'],
    hypotheses: ['toxicity-falls'],
    outputs: ['fig9'],
  };
  expect(paperIndexTable(ROWS, [...FIGURES, own]).rows.at(-1)).toEqual({
    figure: 'Figure 9',
    question: 'Is it kinder?',
    notebook: 'fig9',
    evidence: 'live',
    verdicts: '✓ 1 supported',
  });
});
