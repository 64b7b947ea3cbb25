import { FIGURES, type PaperFigure } from 'imitation-lab/figure';

/** A notebook that runs from recorded results and public records, and what it shows. */
export interface FigureNotebook {
  /** Without the ending. */
  name: string;
  /** Figures, tables and comparisons in order, by the names of the files that `npm run reproduce` writes. */
  outputs: readonly string[];
  /** True if it reads public records. */
  records: boolean;
}

/** Notebooks of that kind that show no figure of the paper. */
const BEYOND_THE_PAPER: readonly FigureNotebook[] = [
  {
    name: 'error-analysis',
    outputs: ['errors-frequency', 'errors-kind', 'errors-confidence', 'error-analysis', 'error-analysis-2'],
    records: false,
  },
  { name: 'index', outputs: ['paper-index', 'validity', 'verdicts', 'exploratory'], records: false },
];

/**
 * Lists the notebooks that show figures, with the files that `npm run reproduce` writes of each.
 *
 * @param figures the figures and tables; default the paper's.
 */
export function figureNotebooks(figures: readonly PaperFigure[] = FIGURES): FigureNotebook[] {
  const ofThePaper = figures
    .filter(({ outputs }) => outputs.length > 0)
    .map(({ notebook, outputs, evidence }) => ({
      name: notebook,
      outputs,
      records: evidence.includes('public'),
    }));
  return [...ofThePaper, ...BEYOND_THE_PAPER];
}
