import type { ErrorContent, ExpressionResult, Output } from './outputs.ts';

/** Folder and environment of the cells, and time for an interrupt. */
export interface SessionOptions {
  /** The notebook's folder: imports resolve and files open from here. Default: the current one. */
  cwd?: string;
  /** Environment of the cells, added to this process's own. */
  env?: Record<string, string>;
  /** Time for an interrupted cell to return from a native call before its process is ended. Default 10,000 ms. */
  interruptGraceMs?: number;
}

export interface ExecuteOptions {
  /** Run as quietly as possible: no outputs, no result, not counted. */
  silent?: boolean;
  /** Counts the cell. Default true, false if `silent`. */
  storeHistory?: boolean;
  /** Expressions evaluated in the scope after the cell succeeded, by name. */
  userExpressions?: Record<string, string>;
  /** Aborts the cells that wait at that moment after an error. Default true. */
  stopOnError?: boolean;
  /** Receives the cell's execution count when its turn comes. */
  onStart?(executionCount: number): void;
  /** Returns an error that keeps the cell from running, and is how it ended; called when the cell's turn has come. */
  refuse?(): Promise<ErrorContent | undefined>;
  /** Receives every output, also those that arrive after the cell ended. */
  onOutput?(output: Output): void;
}

/** End of a cell. Its error was also reported as an output (unless `silent`). */
export type ExecuteResult = { executionCount: number } & (
  | { status: 'ok'; userExpressions: Record<string, ExpressionResult> }
  | ({ status: 'error' } & ErrorContent)
  | { status: 'aborted' }
);
