export { cellSignal, clearOutput } from './cell-api.ts';
export type { ExecuteOptions, ExecuteResult, SessionOptions } from './execute-options.ts';
export { KERNEL_NAME, type KernelSpec, kernelLogo, kernelSpec } from './kernelspec.ts';
export {
  type CodeCell,
  type DisplayedOutput,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  notebookOutputs,
  type TextCell,
} from './notebook/notebook.ts';
export { readNotebook, writeNotebook } from './notebook/notebook-file.ts';
export { NotebookError, type RunNotebookOptions, runNotebook } from './notebook/run-notebook.ts';
export type {
  ClearOutput,
  DisplayOutput,
  ErrorContent,
  ErrorOutput,
  ExpressionResult,
  MimeBundle,
  Output,
  ResultOutput,
  StreamOutput,
  UpdateDisplayOutput,
} from './outputs.ts';
export { Session } from './session.ts';
