import { withDisplay } from '../notebook/index.ts';
import { type FigureRow, PLOTLY_MIME, type PlotlyFigure } from '../schema.ts';
import { htmlTable } from '../text/index.ts';

/** MIME type of the rows behind a figure or table, `{name, rows}`: what `npm run reproduce` writes as CSV. */
export const ROWS_MIME = 'application/vnd.imitation-lab.rows.v1+json';

/** The rows behind a figure or table, and the name of its files. */
export interface NamedRows {
  name: string;
  rows: FigureRow[];
}

/** A Plotly figure that shows itself in a notebook and carries the rows it was drawn from. */
export interface FigureView extends NamedRows, PlotlyFigure {}

/** A table that shows itself in a notebook and carries the rows it was made from. */
export interface TableView extends NamedRows {
  html: string;
  text: string;
}

/**
 * Makes a figure for notebooks. Where no Plotly renderer is available, its rows are shown as a table.
 *
 * @param name name of the figure's files, such as `table2-chart`.
 * @example
 * const rows = [{ model: 'a', score: 1 }, { model: 'b', score: 2 }];
 * figureView('scores', rows, { data: [{ type: 'bar', x: ['a', 'b'], y: [1, 2] }], layout: {} })
 */
export function figureView(name: string, rows: FigureRow[], plot: PlotlyFigure): FigureView {
  return withDisplay({ name, rows, data: plot.data, layout: plot.layout }, () => ({
    [PLOTLY_MIME]: { data: plot.data, layout: plot.layout },
    [ROWS_MIME]: { name, rows },
    'text/html': htmlTable(rows),
    'text/plain': `Figure ${name}: ${rows.length} rows`,
  }));
}

/** Style of cells that hold words: JupyterLab aligns cells to the right, as for numbers. */
export const LEFT_ALIGNED = 'style="text-align: left"';

/**
 * Makes a table for notebooks.
 *
 * @param name name of the table's files, such as `table2`.
 * @param html a complete `<table>`, every value escaped.
 * @param text the same for a terminal.
 * @example
 * const rows = [{ model: 'a', score: 1 }];
 * tableView('scores', rows, '<table><tr><td>a</td><td>1</td></tr></table>', 'a 1')
 */
export function tableView(name: string, rows: FigureRow[], html: string, text: string): TableView {
  return withDisplay({ name, rows, html, text }, () => ({
    [ROWS_MIME]: { name, rows },
    'text/html': html,
    'text/plain': text,
  }));
}
