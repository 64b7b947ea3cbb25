/** Representations of one value by MIME type; JSON types hold an object, binary ones hold base64. */
export type MimeBundle = Record<string, unknown>;

/** Text a cell printed. */
export interface StreamOutput {
  output_type: 'stream';
  name: 'stdout' | 'stderr';
  text: string;
}

/** Rich content a cell displayed. */
export interface DisplayOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: Record<string, unknown>;
  /** A later update with the same id replaces this content. */
  transient?: { display_id: string };
}

/** New content for every display of that id. */
export interface UpdateDisplayOutput {
  output_type: 'update_display_data';
  data: MimeBundle;
  metadata: Record<string, unknown>;
  transient: { display_id: string };
}

/** The value of a cell's last expression. */
export interface ResultOutput {
  output_type: 'execute_result';
  execution_count: number;
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** Error that ended a cell early. `traceback` holds lines for a terminal, with ANSI colours. */
export interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}

/** Asks the front end to clear the cell's output; with `wait`, only when the next output arrives. */
export interface ClearOutput {
  output_type: 'clear_output';
  wait: boolean;
}

/** One output of a cell, in the shape of nbformat 4 (and `update_display_data`, `clear_output` beside it). */
export type Output =
  | StreamOutput
  | DisplayOutput
  | UpdateDisplayOutput
  | ResultOutput
  | ErrorOutput
  | ClearOutput;

/** The name, message and traceback of an error, as the Jupyter protocol carries it. */
export type ErrorContent = Omit<ErrorOutput, 'output_type'>;

/** The value of one user expression, or why it has none. */
export type ExpressionResult =
  | { status: 'ok'; data: MimeBundle; metadata: Record<string, unknown> }
  | ({ status: 'error' } & ErrorContent);
