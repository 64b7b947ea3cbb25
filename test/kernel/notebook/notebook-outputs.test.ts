import { expect, test } from 'vitest';
import type { NotebookOutput } from '../../../kernel/src/notebook/notebook.ts';
import { NotebookOutputs } from '../../../kernel/src/notebook/notebook-outputs.ts';
import type { Output } from '../../../kernel/src/outputs.ts';

const stream = (text: string, name: 'stdout' | 'stderr' = 'stdout'): Output => ({
  output_type: 'stream',
  name,
  text,
});
const display = (text: string, id?: string): Output => ({
  output_type: 'display_data',
  data: { 'text/plain': text },
  metadata: {},
  ...(id ? { transient: { display_id: id } } : {}),
});
const update = (text: string, id: string): Output => ({
  output_type: 'update_display_data',
  data: { 'text/plain': text },
  metadata: { changed: true },
  transient: { display_id: id },
});
const kept = (...outputs: Output[]): NotebookOutput[] => {
  const outputsOfCell: NotebookOutput[] = [];
  const all = new NotebookOutputs();
  for (const output of outputs) all.apply(outputsOfCell, output);
  return outputsOfCell;
};
const texts = (outputs: NotebookOutput[]): unknown[] =>
  outputs.map(output =>
    'text' in output ? output.text : 'data' in output ? output.data['text/plain'] : output,
  );

test('joins what one stream prints in a row, and keeps the order of two', () => {
  expect(kept(stream('a'), stream('b\n'), stream('c', 'stderr'), stream('d'))).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'ab\n' },
    { output_type: 'stream', name: 'stderr', text: 'c' },
    { output_type: 'stream', name: 'stdout', text: 'd' },
  ]);
});

test('leaves what it was given as it was', () => {
  const first = stream('a');
  kept(first, stream('b'));
  expect(first).toEqual(stream('a'));
});

test('changes a display wherever it is, and keeps no transient data', () => {
  const all = new NotebookOutputs();
  const one: NotebookOutput[] = [];
  const two: NotebookOutput[] = [];
  all.apply(one, display('0 %', 'bar'));
  all.apply(two, display('0 %', 'bar'));
  all.apply(two, display('other', 'else'));
  all.apply(two, update('100 %', 'bar'));
  const changed = {
    output_type: 'display_data',
    data: { 'text/plain': '100 %' },
    metadata: { changed: true },
  };
  expect(one).toEqual([changed]);
  expect(two).toEqual([
    changed,
    { output_type: 'display_data', data: { 'text/plain': 'other' }, metadata: {} },
  ]);
});

test('clears at once, or with the next output', () => {
  const clear = (wait: boolean): Output => ({ output_type: 'clear_output', wait });
  expect(texts(kept(display('a'), clear(false)))).toEqual([]);
  expect(texts(kept(display('a'), clear(true)))).toEqual(['a']);
  expect(texts(kept(display('a'), stream('b'), clear(true), stream('c'), stream('d')))).toEqual(['cd']);
  expect(texts(kept(display('a', 'x'), clear(true), update('b', 'x')))).toEqual(['b']);
});
