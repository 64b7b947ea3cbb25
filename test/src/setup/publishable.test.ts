import { expect, test } from 'vitest';
import { publishable } from '../../../src/setup/publishable.ts';

test('a cell that shows the text of public records keeps its source, and its output goes', () => {
  const cell = (tags: string[]) => ({
    cell_type: 'code',
    source: 'x',
    metadata: { tags },
    outputs: [{ output_type: 'execute_result', data: { 'text/plain': 'text' } }],
  });
  const notebook = {
    cells: [cell(['records-text']), cell([])],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  expect(publishable(notebook).cells).toEqual([{ ...cell(['records-text']), outputs: [] }, cell([])]);
});
