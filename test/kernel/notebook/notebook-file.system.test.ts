import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Notebook } from '../../../kernel/src/notebook/notebook.ts';
import { notebookOutputs } from '../../../kernel/src/notebook/notebook.ts';
import {
  formatNotebook,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from '../../../kernel/src/notebook/notebook-file.ts';
import { testVenv } from '../venv.ts';

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'typescript', display_name: 'TypeScript', language: 'typescript' } },
  cells: [
    {
      cell_type: 'markdown',
      id: 'a',
      metadata: {},
      source: '# Title ü 😀\n\n![](attachment:p.png)',
      attachments: { 'p.png': { 'image/png': 'iVBORw0=' } },
    },
    { cell_type: 'raw', id: 'b', metadata: {}, source: '' },
    {
      cell_type: 'code',
      id: 'c',
      metadata: { tags: ['x'] },
      source: 'one\r\ntwo\rthree\u2028four\n',
      execution_count: 3,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'line 1\nline 2\u001b[0m\t\\"\n' },
        {
          output_type: 'display_data',
          data: {
            'text/html': '<b>\n</b>',
            'image/svg+xml': '<svg>\n</svg>',
            'application/javascript': 'a\nb',
            'image/png': 'a\nb',
            'application/vnd.plotly.v1+json': { layout: {}, data: [{ y: [1, 2.5, null], x: ['b\n', 'a'] }] },
            'application/json': ['not\n', 'lines'],
          },
          metadata: {},
        },
        { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '' }, metadata: {} },
        { output_type: 'error', ename: 'Error', evalue: 'a\nb', traceback: ['a\nb', 'c'] },
      ],
    },
    { cell_type: 'code', id: 'd', metadata: {}, source: '', execution_count: null, outputs: [] },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notebook-file-'));
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

test('a notebook read back is the notebook written', async () => {
  const path = join(folder, 'round.ipynb');
  await writeNotebook(path, notebook);
  expect(await readNotebook(path)).toEqual(notebook);
});

test('a notebook is valid, and byte for byte what nbformat writes', async () => {
  const { python } = await testVenv();
  const ours = join(folder, 'ours.ipynb');
  const theirs = join(folder, 'theirs.ipynb');
  await writeNotebook(ours, notebook);
  const script = [
    'import nbformat, sys',
    'notebook = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)',
    'nbformat.validate(notebook)',
    'nbformat.write(notebook, sys.argv[2])',
  ].join('\n');
  await promisify(execFile)(python, ['-c', script, ours, theirs]);
  expect(await readFile(ours, 'utf8')).toBe(await readFile(theirs, 'utf8'));
}, 300_000);

test('texts are split into lines, keys sorted, and the indent is one space', () => {
  const small: Notebook = {
    nbformat_minor: 4,
    nbformat: 4,
    metadata: {},
    cells: [{ source: 'a\nb', cell_type: 'raw', metadata: {} }],
  };
  expect(formatNotebook(small)).toBe(
    '{\n "cells": [\n  {\n   "cell_type": "raw",\n   "metadata": {},\n   "source": [\n    "a\\n",\n    "b"\n   ]\n  }\n ],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 4\n}\n',
  );
});

describe('a file that is no notebook', () => {
  test('of another format is refused by that', async () => {
    const path = join(folder, 'old.ipynb');
    await writeFile(path, '{"nbformat": 3, "worksheets": []}');
    await expect(readNotebook(path)).rejects.toThrow(
      `Cannot read notebook ${path}: it must hold cells and be of nbformat 4, its nbformat is 3`,
    );
    expect(() => parseNotebook('[]')).toThrow('its nbformat is object');
  });

  test('that is no JSON is named', async () => {
    const path = join(folder, 'broken.ipynb');
    await writeFile(path, '{"nbformat": 4,');
    await expect(readNotebook(path)).rejects.toThrow(`Cannot read notebook ${path}: `);
  });
});

test('outputs are reported with the number of their cell', () => {
  expect([...notebookOutputs(notebook)].map(({ cell, output }) => [cell, output.output_type])).toEqual([
    [2, 'stream'],
    [2, 'display_data'],
    [2, 'execute_result'],
    [2, 'error'],
  ]);
});
