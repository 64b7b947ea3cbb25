/** A notebook of nbformat 4, as far as set-up reads it. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/** One cell; only code cells have outputs. */
export interface NotebookCell {
  cell_type: string;
  source: string | string[];
  metadata?: { tags?: string[] };
  execution_count?: number | null;
  outputs?: NotebookOutput[];
}

/** One output of a cell; `data` is its MIME bundle where it has one. */
export interface NotebookOutput {
  output_type: string;
  /** Of a stream: `stdout` or `stderr`. */
  name?: string;
  data?: Record<string, unknown>;
}
