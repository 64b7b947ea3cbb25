import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { compile, writeRows } from '../../../src/compute/index.ts';
import { BACKENDS, expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();

  const write = (table: tf.Tensor2D, rows: number[], values: number[][]) =>
    tf.tidy(() => writeRows(table, tf.tensor1d(rows, 'int32'), tf.tensor2d(values)));

  test('the named rows are replaced, the others kept', async () => {
    const table = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const written = write(
      table,
      [2, 0],
      [
        [9, 8],
        [7, 6],
      ],
    );
    expect(await written.array()).toEqual([
      [7, 6],
      [3, 4],
      [9, 8],
    ]);
    tf.dispose([table, written]);
  });

  test('a compiled step writes row after row', async () => {
    const step = compile(
      (table: tf.Tensor2D, row: tf.Tensor1D) => writeRows(table, row, tf.fill([1, 2], 7)) as tf.Tensor2D,
      { onFallback: () => {} },
    );
    let table = tf.zeros<tf.Rank.R2>([4, 2]);
    for (const row of [0, 1, 3]) {
      const at = tf.tensor1d([row], 'int32');
      const next = step(table, at);
      tf.dispose([table, at]);
      table = next;
    }
    expect(await table.array()).toEqual([
      [7, 7],
      [7, 7],
      [0, 0],
      [7, 7],
    ]);
    table.dispose();
    step.dispose();
  });
});

describe('on the backend tensorflow', () => {
  onBackend('tensorflow');

  test('the memory of the table becomes that of the result', () => {
    const table = tf.zeros<tf.Rank.R2>([2, 2]);
    const written = tf.tidy(() => writeRows(table, tf.tensor1d([1], 'int32'), tf.tensor2d([[5, 6]])));
    expect(table.arraySync()).toEqual(written.arraySync());
    tf.dispose([table, written]);
  });
});
