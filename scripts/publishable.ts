import type { Notebook, NotebookCell, NotebookOutput } from '@imitation-lab/kernel';
import { type NamedRows, ROWS_MIME } from 'imitation-lab/figure';
import { COMPARISON_MIME, PLOTLY_MIME } from 'imitation-lab/schema';

/**
 * Returns a notebook as it is committed: without side-by-side outputs and outputs of cells with the tag
 * `records-text`, since they hold the text of public records, and with a picture of each Plotly figure, for readers
 * without a Plotly renderer.
 *
 * @param picture returns the PNG of the figure with that name, in base64, where one exists.
 */
export function publishable(
  notebook: Notebook,
  picture: (name: string) => string | undefined = () => undefined,
): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(cell => {
      if (cell.cell_type !== 'code') return cell;
      const kept = hasTag(cell, 'records-text')
        ? []
        : cell.outputs.filter(output => !('data' in output && COMPARISON_MIME in output.data));
      return { ...cell, outputs: kept.map(output => trimmed(output, picture)) };
    }),
  };
}

function hasTag({ metadata }: NotebookCell, tag: string): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes(tag);
}

/**
 * Removes the rows, which the table or figure itself holds, and replaces a figure's HTML table, which readers would
 * show instead of the figure, by its picture.
 */
function trimmed(output: NotebookOutput, picture: (name: string) => string | undefined): NotebookOutput {
  if (!('data' in output)) return output;
  const { [ROWS_MIME]: rows, ...data } = output.data;
  const png = PLOTLY_MIME in data && rows !== undefined ? picture((rows as NamedRows).name) : undefined;
  if (png === undefined) return { ...output, data };
  const { 'text/html': _, ...figure } = data;
  return { ...output, data: { ...figure, 'image/png': png } };
}
