import { expect, test } from 'vitest';
import { figureNotebooks } from '../../../scripts/figure-notebooks.ts';
import { drawFigure, FIGURES, figureView, type PaperFigure } from '../../../src/figure/index.ts';
import { SMALL_STUDY } from './study-rows.ts';

const OWN: PaperFigure = {
  id: 'fig9',
  title: 'Figure 9',
  question: 'How many rows has a study?',
  notebook: 'fig9',
  evidence: ['public', 'live'],
  hypotheses: [],
  outputs: ['fig9', 'fig9-verdicts'],
  draw: async rows => [figureView('fig9', [{ rows: rows.length }], { data: [], layout: {} })],
};

test('each figure is drawn from a study’s rows under the names that its notebook shows, in order', async () => {
  for (const { id, outputs, draw } of FIGURES) {
    const names = (await drawFigure(id, SMALL_STUDY)).map(({ name }) => name);
    expect(names).toEqual(outputs.filter(name => names.includes(name)));
    expect(names.length > 0, id).toBe(draw !== undefined);
  }
});

test('a figure is drawn from the rows that are given', async () => {
  const [figure] = await drawFigure('fig4', SMALL_STUDY);
  expect(figure?.rows.length).toBeGreaterThan(0);
  const [empty] = await drawFigure('fig4', []);
  expect(empty?.rows).toEqual([]);
});

test('ids and notebooks’ outputs are unique', () => {
  const ids = FIGURES.map(({ id }) => id);
  const outputs = FIGURES.flatMap(figure => figure.outputs);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(outputs).size).toBe(outputs.length);
});

test('a figure that is registered by one object is drawn, and written by npm run reproduce', async () => {
  const figures = [...FIGURES, OWN];
  expect((await drawFigure('fig9', SMALL_STUDY, figures)).map(({ rows }) => rows)).toEqual([
    [{ rows: SMALL_STUDY.length }],
  ]);
  expect(figureNotebooks(figures)).toContainEqual({
    name: 'fig9',
    outputs: ['fig9', 'fig9-verdicts'],
    records: true,
  });
});

test('drawing an unknown figure names those that exist', async () => {
  await expect(drawFigure('fig9', [])).rejects.toThrow(
    'Cannot draw fig9: one of fig1, fig2, fig3, fig4, table1, fig5, table2, tables3-5, fig6, table6, fig7, table7, tables8-9 is required',
  );
});
