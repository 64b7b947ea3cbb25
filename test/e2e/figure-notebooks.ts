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
  {
    name: 'fig1',
    figures: ['fig1', 'fig1-preferences', 'published-preference', 'fig1-verdicts'],
    records: true,
  },
  {
    name: 'error-analysis',
    figures: ['errors-frequency', 'errors-kind', 'errors-confidence', 'error-analysis', 'error-analysis-2'],
    records: false,
  },
  {
    name: 'fig2',
    figures: ['fig2', 'fig2-2', 'fig2-3', 'fig2-4', 'fig2-errors', 'fig2-verdicts'],
    records: true,
  },
  {
    name: 'fig3',
    figures: ['fig3', 'fig3-preferences', 'published-ratings', 'published-votes', 'fig3-verdicts'],
    records: true,
  },
  { name: 'fig4', figures: ['fig4', 'published-benchmarks', 'fig4-verdicts'], records: true },
  { name: 'fig5', figures: ['toxicity-agreement', 'fig5', 'fig5-verdicts'], records: true },
  { name: 'fig6', figures: ['fig6', 'fig6-live', 'fig6-composition'], records: false },
  {
    name: 'fig7',
    figures: ['fig7-interface', 'fig7', 'fig7-agreement', 'fig7-votes', 'fig7-verdicts'],
    records: true,
  },
  { name: 'index', figures: ['paper-index', 'verdicts'], records: false },
  { name: 'table1', figures: ['table1', 'table1-chart', 'table1-verdicts'], records: false },
  { name: 'table2', figures: ['table2', 'table2-chart', 'table2-verdicts'], records: true },
  { name: 'table6', figures: ['table6', 'table6-chart'], records: false },
  { name: 'table7', figures: ['table7', 'table7-chart', 'table7-verdicts'], records: false },
];
