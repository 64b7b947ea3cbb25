import { type NamedRows, ROWS_MIME } from '../figure/index.ts';
import { COMPARISON_MIME, PLOTLY_MIME } from '../schema.ts';
import type { Notebook, NotebookOutput } from './notebook.ts';

/**
 * A notebook as it is committed: figures and numbers stay, and side-by-side outputs go, since they hold the text
 * of public records. A Plotly figure carries its picture, for readers without a Plotly renderer.
 *
 * @param picture PNG of the figure with that name, in base64, where there is one.
 */
export function publishable(
  notebook: Notebook,
  picture: (name: string) => string | undefined = () => undefined,
): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(cell =>
      cell.outputs === undefined
        ? cell
        : {
            ...cell,
            outputs: cell.outputs
              .filter(output => output.data?.[COMPARISON_MIME] === undefined)
              .map(output => pictured(output, picture)),
          },
    ),
  };
}

/** The picture takes the place of the table of rows, which readers would be shown instead of it. */
function pictured(output: NotebookOutput, picture: (name: string) => string | undefined): NotebookOutput {
  const rows = output.data?.[ROWS_MIME] as NamedRows | undefined;
  const png = rows === undefined || output.data?.[PLOTLY_MIME] === undefined ? undefined : picture(rows.name);
  if (png === undefined) return output;
  const { 'text/html': _, ...data } = output.data ?? {};
  return { ...output, data: { ...data, 'image/png': png } };
}
