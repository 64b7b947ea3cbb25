import { type NamedRows, ROWS_MIME } from '../figure/index.ts';
import { COMPARISON_MIME, PLOTLY_MIME } from '../schema.ts';
import type { Notebook, NotebookOutput } from './notebook.ts';

/**
 * A notebook as it is committed: figures and numbers stay, and side-by-side outputs go, since they hold the text
 * of public records, and so do all outputs of a cell with the tag `records-text`. A Plotly figure carries its picture, for readers without a Plotly renderer.
 *
 * @param picture PNG of the figure with that name, in base64, where there is one.
 */
export function publishable(
  notebook: Notebook,
  picture: (name: string) => string | undefined = () => undefined,
): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(cell => {
      if (cell.outputs === undefined) return cell;
      const textOfRecords = cell.metadata?.tags?.includes('records-text');
      const kept = cell.outputs.filter(
        output => !textOfRecords && output.data?.[COMPARISON_MIME] === undefined,
      );
      return { ...cell, outputs: kept.map(output => trimmed(output, picture)) };
    }),
  };
}

/**
 * Leaves out the rows, which stand in the table or figure itself, and gives a figure its picture in place of the
 * table of rows, which readers would be shown instead of it.
 */
function trimmed(output: NotebookOutput, picture: (name: string) => string | undefined): NotebookOutput {
  if (output.data === undefined) return output;
  const { [ROWS_MIME]: rows, ...data } = output.data;
  const png = PLOTLY_MIME in data && rows !== undefined ? picture((rows as NamedRows).name) : undefined;
  if (png === undefined) return { ...output, data };
  const { 'text/html': _, ...figure } = data;
  return { ...output, data: { ...figure, 'image/png': png } };
}
