import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { tensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/**
 * Replaces some rows of a table. The table given is used up: where the backend can, its memory becomes the result's,
 * and only the new rows are copied. Read the result alone, and dispose both.
 *
 * @param table float32 [R, D].
 * @param rows int32 [N], which of the R rows are replaced, each at most once.
 * @param values float32 [N, D].
 * @returns float32 [R, D].
 */
export function writeRows(table: Tensor2D, rows: Tensor1D, values: Tensor2D): Tensor2D {
  const backend = tensorflowBackend();
  if (!backend) return tf.tensorScatterUpdate(table, tf.expandDims(rows, 1), values) as Tensor2D;
  const type = { name: 'T', type: backend.addon.TF_ATTR_TYPE, value: backend.addon.TF_FLOAT };
  return backend.executeSingleOutput('InplaceUpdate', [type], [table, rows, values]) as Tensor2D;
}
