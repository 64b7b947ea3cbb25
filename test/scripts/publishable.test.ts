import { expect, test } from 'vitest';
import type { CodeCell, Notebook } from '../../kernel/src/index.ts';
import { publishable } from '../../scripts/publishable.ts';

test('a cell that shows the text of public records keeps its source, and its output goes', () => {
  const cell = (tags: string[]): CodeCell => ({
    cell_type: 'code',
    source: 'x',
    metadata: { tags },
    execution_count: 1,
    outputs: [
      { output_type: 'execute_result', execution_count: 1, data: { 'text/plain': 'text' }, metadata: {} },
    ],
  });
  const notebook: Notebook = {
    cells: [cell(['records-text']), cell([])],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  expect(publishable(notebook).cells).toEqual([{ ...cell(['records-text']), outputs: [] }, cell([])]);
});
