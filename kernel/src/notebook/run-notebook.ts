import { dirname, resolve } from 'node:path';
import type { ErrorContent } from '../outputs.ts';
import { Session } from '../session.ts';
import type { CodeCell, Notebook, NotebookCell } from './notebook.ts';
import { readNotebook } from './notebook-file.ts';
import { NotebookOutputs } from './notebook-outputs.ts';

export interface RunNotebookOptions {
  /** Folder the cells run in. Default: the notebook's. */
  cwd?: string;
  /** Environment of the cells, added to this process's own. */
  env?: Record<string, string>;
  /** Interrupts the running cell and ends the run. */
  signal?: AbortSignal;
  /** Receives, as each code cell ends, how many ended and how many there are. */
  onCell?(done: number, total: number): void;
}

/** A cell of a notebook failed. The notebook keeps the outputs up to there. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError';
  /** Number of the cell among all cells, from 1. */
  readonly cell: number;
  /** Lines for a terminal, with ANSI colours. */
  readonly traceback: readonly string[];
  readonly notebook: Notebook;

  constructor(path: string, cell: number, error: ErrorContent, notebook: Notebook) {
    super(
      `Cannot run ${path}: cell ${cell} ended with ${error.ename}: ${error.evalue}\n${error.traceback.join('\n')}`,
    );
    this.cell = cell;
    this.traceback = error.traceback;
    this.notebook = notebook;
  }
}

/**
 * Executes a notebook's code cells in order, in a session of their own, without a Jupyter server.
 * The file stays as it is; the executed notebook is returned. A cell tagged `raises-exception` may fail.
 *
 * @throws {NotebookError} at the first cell that fails.
 * @throws {Error} if the notebook cannot be read; the signal's reason, if it aborts.
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<Notebook> {
  const { cwd = dirname(resolve(path)), env = {}, signal, onCell } = options;
  signal?.throwIfAborted();
  const notebook = await readNotebook(path);
  const kept = new NotebookOutputs();
  const code = [...notebook.cells.entries()].filter((entry): entry is [number, CodeCell] => isCode(entry[1]));
  for (const [, cell] of code) Object.assign(cell, { execution_count: null, outputs: [] });
  const cells = code.filter(([, cell]) => cell.source.trim() !== '');

  const session = new Session({ cwd, env });
  const interrupt = (): void => void session.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    for (const [done, [index, cell]] of cells.entries()) {
      const { outputs } = cell;
      const result = await session.execute(cell.source, { onOutput: output => kept.apply(outputs, output) });
      signal?.throwIfAborted();
      cell.execution_count = result.executionCount;
      if (result.status === 'error' && !mayFail(cell))
        throw new NotebookError(path, index + 1, result, notebook);
      onCell?.(done + 1, cells.length);
    }
    return notebook;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await session.close();
  }
}

function isCode(cell: NotebookCell): cell is CodeCell {
  return cell.cell_type === 'code';
}

function mayFail({ metadata }: CodeCell): boolean {
  const { tags } = metadata;
  return Array.isArray(tags) && tags.includes('raises-exception');
}
