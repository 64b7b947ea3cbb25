import { expect, test } from 'vitest';
import type { CodeCell, MimeBundle, Notebook, NotebookOutput } from '../../kernel/src/index.ts';
import { figurePage } from '../../scripts/figure-page.ts';
import { notebookFigures } from '../../scripts/notebook-figures.ts';
import { publishable } from '../../scripts/publishable.ts';
import { figureView, ROWS_MIME } from '../../src/figure/index.ts';
import { DISPLAY } from '../../src/notebook/index.ts';
import { COMPARISON_MIME, type Comparison } from '../../src/schema.ts';

const comparison: Comparison = {
  version: 1,
  answers: [
    { id: 't', label: 'Teacher', role: 'teacher' },
    { id: 'm', label: 'Model', role: 'imitation' },
  ],
  items: [{ promptId: '1', prompt: 'Why?', answers: { t: { text: 'Because.' }, m: { text: '' } } }],
};

const line = figureView('line', [{ x: 1, evidence: 'public' }], {
  data: [{ y: ['</script><b>'] }],
  layout: {},
});
const bundle = (line as unknown as { [DISPLAY](): Record<string, unknown> })[DISPLAY]();

function codeCell(outputs: NotebookOutput[]): CodeCell {
  return { cell_type: 'code', source: '', metadata: {}, execution_count: 1, outputs };
}

function result(data: MimeBundle): NotebookOutput {
  return { output_type: 'execute_result', execution_count: 1, data, metadata: {} };
}

function notebook(...outputs: NotebookOutput[]): Notebook {
  return {
    cells: [codeCell(outputs)],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}
const drawn = result(bundle);
const shown = result({ [COMPARISON_MIME]: comparison, 'text/html': '<table></table>' });
const printed: NotebookOutput = { output_type: 'stream', name: 'stdout', text: 'done' };

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
  expect(kept.cells).toEqual([codeCell([printed, result(figureAlone)])]);
});

test('what is committed shows a figure’s picture in place of its rows', () => {
  const kept = publishable(notebook(drawn), name => (name === 'line' ? 'cGljdHVyZQ==' : undefined));
  const { [ROWS_MIME]: _, 'text/html': html, ...figureAlone } = bundle;
  expect(html).toBeDefined();
  expect(kept.cells).toEqual([codeCell([result({ ...figureAlone, 'image/png': 'cGljdHVyZQ==' })])]);
});
