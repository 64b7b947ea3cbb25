import * as tf from '@tensorflow/tfjs';
import { tensorflowBackend } from './tensorflow-backend.ts';

/**
 * Replaces some rows of a table. The table given is used up: where the backend can, its memory becomes the result's,
 * and only the new rows are copied. Read the result alone, and dispose both.
 *
 * @param table float32 [R, D].
 * @param rows int32 [N], which of the R rows are replaced, each at most once.
 * @param values float32 [N, D].
 * @returns float32 [R, D].
 */
export function writeRows(table: tf.Tensor2D, rows: tf.Tensor1D, values: tf.Tensor2D): tf.Tensor2D {
  const backend = tensorflowBackend();
  if (!backend) return tf.tensorScatterUpdate(table, tf.expandDims(rows, 1), values) as tf.Tensor2D;
  const type = { name: 'T', type: backend.addon.TF_ATTR_TYPE, value: backend.addon.TF_FLOAT };
  return backend.executeSingleOutput('InplaceUpdate', [type], [table, rows, values]) as tf.Tensor2D;
}
