import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Cells run in a process of compiled code, so the runner is tested as it is built.
import {
  type Notebook,
  NotebookError,
  type NotebookOutput,
  notebookOutputs,
  runNotebook,
  writeNotebook,
} from '@imitation-lab/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-notebook-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a notebook with these code cells, after a Markdown cell. */
async function notebookOf(...sources: (string | { source: string; tags: string[] })[]): Promise<string> {
  const path = join(folder, `${Math.random()}.ipynb`);
  const code = sources.map(cell => (typeof cell === 'string' ? { source: cell, tags: [] } : cell));
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: {},
    cells: [
      { cell_type: 'markdown', metadata: {}, source: '# Title' },
      ...code.map(({ source, tags }) => ({
        cell_type: 'code' as const,
        metadata: { tags },
        source,
        execution_count: 99,
        outputs: [{ output_type: 'stream' as const, name: 'stdout' as const, text: 'old' }],
      })),
    ],
  };
  await writeNotebook(path, notebook);
  return path;
}

const outputsOf = (notebook: Notebook): [number, NotebookOutput][] =>
  [...notebookOutputs(notebook)].map(({ cell, output }) => [cell, output]);

test('cells run in order on one scope, and their outputs replace the old ones', async () => {
  const path = await notebookOf('const a = 20;\nconsole.log("one"); console.log("two");', '', 'a + 1');
  const before = await readFile(path);
  const notebook = await runNotebook(path);
  expect(outputsOf(notebook)).toEqual([
    [1, { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' }],
    [3, { output_type: 'execute_result', execution_count: 2, data: { 'text/plain': '21' }, metadata: {} }],
  ]);
  expect(notebook.cells.map(cell => 'execution_count' in cell && cell.execution_count)).toEqual([
    false,
    1,
    null,
    2,
  ]);
  expect(await readFile(path)).toEqual(before);
});

test('a display updated by a later cell changes in its place', async () => {
  const path = await notebookOf(
    "import { newDisplay } from 'tslab'; const bar = newDisplay(); bar.text('0 %')",
    "bar.text('100 %')",
  );
  expect(outputsOf(await runNotebook(path))).toEqual([
    [1, { output_type: 'display_data', data: { 'text/plain': '100 %' }, metadata: {} }],
  ]);
});

test('cells import from the notebook’s folder, or from the one given', async () => {
  await writeFile(join(folder, 'near.ts'), 'export const near: string = "near";');
  const path = await notebookOf("import { near } from './near.ts';", 'near');
  expect(outputsOf(await runNotebook(path))).toMatchObject([[2, { data: { 'text/plain': "'near'" } }]]);
  await expect(runNotebook(path, { cwd: tmpdir() })).rejects.toThrow(
    `Cannot run ${path}: cell 2 ended with `,
  );
});

test('progress is reported as each cell ends', async () => {
  const seen: [number, number][] = [];
  await runNotebook(await notebookOf('1', '2', '3'), { onCell: (done, total) => seen.push([done, total]) });
  expect(seen).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

describe('a cell that fails', () => {
  test('ends the run with its number, its traceback and the notebook so far', async () => {
    const path = await notebookOf('const a = 1;\na', "\nthrow new RangeError('too far')", 'neverRun()');
    const error: unknown = await runNotebook(path).catch(thrown => thrown);
    if (!(error instanceof NotebookError)) throw error;
    expect(error.message).toContain(`Cannot run ${path}: cell 3 ended with RangeError: too far\n`);
    expect(error.cell).toBe(3);
    expect(error.traceback.join('\n')).toContain('RangeError');
    expect(outputsOf(error.notebook)).toMatchObject([
      [1, { output_type: 'execute_result' }],
      [2, { output_type: 'error', ename: 'RangeError', evalue: 'too far' }],
    ]);
  });

  test('may fail if it is tagged raises-exception', async () => {
    const path = await notebookOf({ source: "throw new Error('as shown')", tags: ['raises-exception'] }, '1');
    expect(outputsOf(await runNotebook(path)).map(([, { output_type }]) => output_type)).toEqual([
      'error',
      'execute_result',
    ]);
  });
});

test('a run that is aborted interrupts its cell and ends with the reason', async () => {
  const path = await notebookOf('await new Promise(() => {})');
  const controller = new AbortController();
  const run = runNotebook(path, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('as asked')), 500);
  await expect(run).rejects.toThrow('as asked');
});
