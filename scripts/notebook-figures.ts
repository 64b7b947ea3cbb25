import { type Notebook, notebookOutputs } from '@imitation-lab/kernel';
import { comparisonHtml } from 'imitation-lab/compare';
import { type NamedRows, ROWS_MIME } from 'imitation-lab/figure';
import {
  COMPARISON_MIME,
  type Comparison,
  type FigureRow,
  PLOTLY_MIME,
  type PlotlyFigure,
} from 'imitation-lab/schema';

/** A figure, table or comparison found in a notebook's outputs. */
export interface NotebookFigure extends NamedRows {
  /** A readable table, without the interactive parts. */
  html: string;
  plotly?: PlotlyFigure;
  comparison?: Comparison;
}

/**
 * Returns the figures, tables and comparisons of an executed notebook, in order.
 *
 * @param name name of the notebook: a comparison, which has none of its own, takes it, numbered from the second on.
 */
export function notebookFigures(name: string, notebook: Notebook): NotebookFigure[] {
  const bundles = [...notebookOutputs(notebook)].map(({ output }) => ('data' in output ? output.data : {}));
  let comparisons = 0;
  return bundles.flatMap((bundle): NotebookFigure[] => {
    const comparison = bundle[COMPARISON_MIME] as Comparison | undefined;
    if (comparison !== undefined) {
      comparisons += 1;
      const suffix = comparisons === 1 ? '' : `-${comparisons}`;
      // The notebook's own table ends after some prompts; the file holds all.
      const whole = comparisonHtml(comparison, comparison.items.length);
      return [{ name: `${name}${suffix}`, rows: comparisonRows(comparison), html: whole, comparison }];
    }
    const named = bundle[ROWS_MIME] as NamedRows | undefined;
    if (named === undefined) return [];
    const plotly = bundle[PLOTLY_MIME] as PlotlyFigure | undefined;
    const html = bundle['text/html'];
    return [
      { ...named, html: typeof html === 'string' ? html : '', ...(plotly === undefined ? {} : { plotly }) },
    ];
  });
}

/** Returns one row per answer. */
function comparisonRows(comparison: Comparison): FigureRow[] {
  return comparison.items.flatMap(item =>
    comparison.answers.flatMap(({ id, label, role }) => {
      const answer = item.answers[id];
      if (answer === undefined) return [];
      const { promptId, prompt, category = null } = item;
      return [{ promptId, prompt, category, answer: label, role, text: answer.text }];
    }),
  );
}
