/** A notebook of one of the paper's figures or tables. */
export interface FigureNotebook {
  name: string;
  /** What it shows, in order, by the names of the files that `npm run reproduce` writes. */
  figures: readonly string[];
  /** Whether it reads public records. */
  records: boolean;
}

/** The notebooks that run from recorded results, so that no reader waits. */
export const FIGURE_NOTEBOOKS: readonly FigureNotebook[] = [
  { name: 'fig2', figures: ['fig2', 'fig2-2'], records: true },
  { name: 'table2', figures: ['table2', 'table2-chart'], records: true },
];

/** How long a reader waits at most for all of such a notebook, in ms. */
export const PATIENCE_MS = 30_000;
