import { COMPARISON_MIME } from '../schema.ts';
import type { Notebook } from './notebook.ts';

/**
 * A notebook as it is committed: figures and numbers stay, side-by-side outputs go,
 * since they hold the text of public records.
 */
export function publishable(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(cell =>
      cell.outputs === undefined
        ? cell
        : { ...cell, outputs: cell.outputs.filter(output => output.data?.[COMPARISON_MIME] === undefined) },
    ),
  };
}
