import { expect, test } from 'vitest';
import { FIGURES, type PaperFigure } from '../../../src/figure/index.ts';
import { HYPOTHESES, paperIndexTable } from '../../../src/study/index.ts';
import { goodStudy } from './simulated-study.ts';

test('every hypothesis belongs to a figure or table of the paper', () => {
  const known = HYPOTHESES.map(({ id }) => id).sort();
  expect([...new Set(FIGURES.flatMap(({ hypotheses }) => hypotheses))].sort()).toEqual(known);
});

test('the index counts, for each figure, the claims that have each verdict', () => {
  const { rows, html } = paperIndexTable(goodStudy());
  const verdicts = Object.fromEntries(rows.map(row => [row.figure, row.verdicts]));
  expect(verdicts['Figure 5']).toBe('✗ 1 not supported');
  expect(verdicts['Table 2']).toBe('✓ 4 supported');
  expect(verdicts['Figure 6']).toBe('–');
  expect(html).toContain('<a href="fig5.ipynb">fig5</a>');
});

test('the index of a study without a valid instrument counts no verdict', () => {
  const { rows } = paperIndexTable({ rows: goodStudy().rows, manifest: {} });
  expect(rows.find(({ figure }) => figure === 'Table 2')?.verdicts).toBe('! 4 invalid instrument');
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
  expect(paperIndexTable(goodStudy(), [...FIGURES, own]).rows.at(-1)).toEqual({
    figure: 'Figure 9',
    question: 'Is it kinder?',
    notebook: 'fig9',
    evidence: 'live',
    verdicts: '✗ 1 not supported',
  });
});
