import type { Evidence, StudyRow } from '../schema.ts';
import type { FigureView, TableView } from './views.ts';

/** A figure or table of the paper: its place there, its notebook here, and how it is drawn. */
export interface PaperFigure {
  /** Such as `fig4` or `table2`. */
  id: string;
  /** Place in the paper, such as `Figure 4`. */
  title: string;
  /** The question that it answers. */
  question: string;
  /** Name of its notebook in `notebooks/`, without the ending. */
  notebook: string;
  /** Kinds of evidence that the notebook shows; where `public` is among them, it reads public records. */
  evidence: readonly Evidence[];
  /** Ids of the study's hypotheses that it bears on; empty where it makes no claim that a study can test. */
  hypotheses: readonly string[];
  /** Figures and tables that the notebook shows, in order, by the names of the files that `npm run reproduce` writes. */
  outputs: readonly string[];
  /** Draws those outputs that need a study's rows and the paper's printed numbers alone. */
  draw?(rows: readonly StudyRow[]): Promise<(FigureView | TableView)[]>;
}
