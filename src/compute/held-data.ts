import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Attribute } from './addon-binding.ts';
import type { HeldData, TensorflowBackend } from './tensorflow-backend.ts';

/**
 * Hands the value of a variable over to TensorFlow, unless it is there already. To tfjs it remains a tensor as any
 * other: it is read when it is needed, which copies no numbers.
 */
export function hold(backend: TensorflowBackend, variable: Variable): HeldData {
  giveOwnData(backend, variable);
  const data = backend.tensorMap.get(variable.dataId);
  if (data.held) return data.held;
  const { addon } = backend;
  const { TF_ATTR_BOOL, TF_ATTR_SHAPE, TF_ATTR_STRING, TF_ATTR_TYPE } = addon;
  const dtype = { name: 'dtype', type: TF_ATTR_TYPE, value: backend.getDTypeInteger(variable.dtype) };
  const place = [
    { name: 'shape', type: TF_ATTR_SHAPE, value: variable.shape },
    { name: 'container', type: TF_ATTR_STRING, value: '' },
    { name: 'shared_name', type: TF_ATTR_STRING, value: `variable_${backend.nextHeld++}` },
  ];
  const run = (op: string, attributes: Attribute[], ids: number[], count: number): number =>
    addon.executeOp(op, attributes, ids, count)[0]?.id ?? -1;
  const handle = run('VarHandleOp', [dtype, ...place], [], 1);
  const ids = backend.getInputTensorIds([variable]);
  run('AssignVariableOp', [dtype], [handle, ...ids], 0);
  // What was read last and not yet forgotten.
  let [read] = ids;
  Object.defineProperty(data, 'id', {
    get: () => {
      read ??= run('ReadVariableOp', [dtype], [handle], 1);
      return read;
    },
  });
  const forget = () => {
    if (read !== undefined) addon.deleteTensor(read);
    read = undefined;
  };
  const dispose = () => {
    const quietly = { name: 'ignore_lookup_error', type: TF_ATTR_BOOL, value: true };
    run('DestroyResourceOp', [quietly], [handle], 0);
    addon.deleteTensor(handle);
  };
  data.held = { handle, forget, dispose };
  return data.held;
}

/** Gives a variable data of its own; it may share them with another tensor, such as its clone. */
export function giveOwnData(backend: TensorflowBackend, variable: Variable): void {
  if (backend.refCount(variable.dataId) === 1) return;
  const copy = copyHandle(backend, variable);
  variable.assign(copy);
  copy.dispose();
}

/** Makes a tensor with data of its own in tfjs's books; TensorFlow's Identity copies the handle, not the numbers. */
export function copyHandle(backend: TensorflowBackend, tensor: Tensor): Tensor {
  const type = { name: 'T', type: backend.addon.TF_ATTR_TYPE, value: backend.getDTypeInteger(tensor.dtype) };
  return backend.executeSingleOutput('Identity', [type], [tensor]);
}
