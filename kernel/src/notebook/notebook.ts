import type { ErrorOutput, MimeBundle, ResultOutput, StreamOutput } from '../outputs.ts';

/** A notebook in memory: nbformat 4, each multi-line text one string. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: number;
}

export type NotebookCell = CodeCell | TextCell;

/** A cell that runs. */
export interface CodeCell {
  cell_type: 'code';
  /** Required from nbformat 4.5 on. */
  id?: string;
  metadata: Record<string, unknown>;
  source: string;
  execution_count: number | null;
  outputs: NotebookOutput[];
}

/** A cell that is read. */
export interface TextCell {
  cell_type: 'markdown' | 'raw';
  id?: string;
  metadata: Record<string, unknown>;
  source: string;
  attachments?: Record<string, MimeBundle>;
}

/** Rich content a cell displayed; what updates it is not kept in a notebook. */
export interface DisplayedOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** One output as a notebook keeps it. */
export type NotebookOutput = StreamOutput | DisplayedOutput | ResultOutput | ErrorOutput;

/** Yields every output of a notebook, with its cell; cells count from 0 among all cells. */
export function* notebookOutputs(notebook: Notebook): Generator<{ cell: number; output: NotebookOutput }> {
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    for (const output of cell.outputs) yield { cell: index, output };
  }
}
