import { expect, test } from 'vitest';
import { DISPLAY, ROWS_MIME } from '../../../src/figure/figure.ts';
import { figure } from '../../../src/figure/index.ts';
import { COMPARISON_MIME, type Comparison } from '../../../src/schema.ts';
import { figurePage } from '../../../src/setup/figure-page.ts';
import type { Notebook, NotebookOutput } from '../../../src/setup/notebook.ts';
import { notebookFigures } from '../../../src/setup/notebook-figures.ts';
import { publishable } from '../../../src/setup/publishable.ts';

const comparison: Comparison = {
  version: 1,
  answers: [
    { id: 't', label: 'Teacher', role: 'teacher' },
    { id: 'm', label: 'Model', role: 'imitation' },
  ],
  items: [{ promptId: '1', prompt: 'Why?', answers: { t: { text: 'Because.' }, m: { text: '' } } }],
};

const line = figure('line', [{ x: 1, evidence: 'public' }], { data: [{ y: ['</script><b>'] }], layout: {} });
const bundle = (line as unknown as { [DISPLAY](): Record<string, unknown> })[DISPLAY]();

function notebook(...outputs: NotebookOutput[]): Notebook {
  return {
    cells: [{ cell_type: 'code', source: '', outputs }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}
const drawn: NotebookOutput = { output_type: 'execute_result', data: bundle };
const shown: NotebookOutput = {
  output_type: 'execute_result',
  data: { [COMPARISON_MIME]: comparison, 'text/html': ['<table>', '</table>'] },
};
const printed: NotebookOutput = { output_type: 'stream' };

test('figures keep their own name, comparisons take the notebook’s', () => {
  const figures = notebookFigures('fig2', notebook(printed, shown, drawn, shown));
  expect(figures.map(({ name }) => name)).toEqual(['fig2', 'line', 'fig2-2']);
  expect(figures[1]?.rows).toEqual([{ x: 1, evidence: 'public' }]);
});

test('a comparison has one row an answer, the empty one too', () => {
  const [found] = notebookFigures('fig2', notebook(shown));
  expect(found?.html).toContain('Because.');
  expect(found?.rows).toEqual([
    { promptId: '1', prompt: 'Why?', category: null, answer: 'Teacher', role: 'teacher', text: 'Because.' },
    { promptId: '1', prompt: 'Why?', category: null, answer: 'Model', role: 'imitation', text: '' },
  ]);
});

test('a page embeds its figure without letting its text end the script', () => {
  const [found] = notebookFigures('x', notebook(drawn));
  if (found === undefined) throw new Error('the figure was not found');
  const page = figurePage(found, 'const library = "</script>";');
  expect(page).toContain('"\\u003c/script>\\u003cb>"');
  expect(page.match(/<\/script>/g)).toHaveLength(2);
});

test('what is committed keeps figures without their rows, and drops side-by-side outputs', () => {
  const kept = publishable(notebook(printed, shown, drawn));
  const { [ROWS_MIME]: _, ...figureAlone } = bundle;
  expect(kept.cells[0]?.outputs).toEqual([printed, { ...drawn, data: figureAlone }]);
});

test('what is committed shows a figure’s picture in place of its rows', () => {
  const kept = publishable(notebook(drawn), name => (name === 'line' ? 'cGljdHVyZQ==' : undefined));
  const data = kept.cells[0]?.outputs?.[0]?.data ?? {};
  expect(data['image/png']).toBe('cGljdHVyZQ==');
  expect(Object.keys(data)).not.toContain('text/html');
  expect(Object.keys(bundle)).toContain('text/html');
});
