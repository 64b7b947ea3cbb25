import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { KernelBackend } from '@tensorflow/tfjs';
import type { AddonBinding } from './addon-binding.ts';
import { gatherKernel } from './gather-kernel.ts';
import { RECORDED, type TensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/**
 * Registers the backend `tensorflow` over our build of the addon, without choosing it.
 *
 * @param path the addon's path.
 * @throws {Error} if the addon or TensorFlow's libraries cannot be loaded.
 */
export function registerTensorflow(path: string): void {
  if (tf.findBackendFactory('tensorflow')) return;
  const require = createRequire(import.meta.url);
  mendNodeUtil(require('node:util'));
  const addon = loadAddon(require, path);
  const { NodeJSKernelBackend } = require(`${PACKAGE}/dist/nodejs_kernel_backend.js`);
  require(`${PACKAGE}/dist/register_all_kernels.js`);
  tf.unregisterKernel(tf.GatherV2, 'tensorflow');
  tf.registerKernel(gatherKernel);
  tf.registerBackend('tensorflow', () => {
    // What the backend takes for the addon, whose own functions cannot be replaced.
    const binding: AddonBinding = Object.create(addon);
    return recordable(new NodeJSKernelBackend(binding, PACKAGE), addon, binding);
  });
}

function loadAddon(require: NodeJS.Require, path: string): AddonBinding {
  // At levels 0 and 1 TensorFlow announces on standard error what it was built with.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    return require(path);
  } catch (cause) {
    throw new Error(
      `Cannot load the TensorFlow addon: ${(cause as Error).message}. ` +
        `Where a file was damaged, remove ${dirname(dirname(path))} and run ensureTensorflow() again`,
      { cause },
    );
  }
}

/** Restores helpers that the package calls and Node 23 removed. */
function mendNodeUtil(util: Record<string, unknown>): void {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

/** Gives the package's backend, which calls the addon through `binding`, a place for a recorder. */
function recordable(original: KernelBackend, addon: AddonBinding, binding: AddonBinding): TensorflowBackend {
  const backend = original as TensorflowBackend;
  const { getInputTensorIds, readSync, move, disposeData } = backend;
  const executeOp: AddonBinding['executeOp'] = (op, attributes, ids, outputs) => {
    if (backend.recorder)
      return backend.recorder.node(op, ids, attributes) as ReturnType<typeof addon.executeOp>;
    if (ids.some(id => id >= RECORDED))
      throw new Error(
        `Cannot run ${op} on a tensor that was made in a compiled step and kept: the step must return it`,
      );
    return addon.executeOp(op, attributes, ids, outputs);
  };
  const deleteTensor: AddonBinding['deleteTensor'] = id => {
    if (id < RECORDED) addon.deleteTensor(id);
  };
  Object.defineProperties(binding, {
    executeOp: { value: executeOp },
    deleteTensor: { value: deleteTensor },
  });
  const added: Partial<TensorflowBackend> = {
    addon,
    recorder: undefined,
    nextRecorded: RECORDED,
    nextFunction: 0,
    nextHeld: 0,
    getInputTensorIds(tensors) {
      const { recorder } = backend;
      return recorder
        ? tensors.map(tensor => recorder.idOf(tensor))
        : getInputTensorIds.call(backend, tensors);
    },
    readSync(dataId) {
      backend.recorder?.requireReadable(dataId);
      return readSync.call(backend, dataId);
    },
    move(dataId, ...rest) {
      backend.recorder?.own(dataId);
      move.call(backend, dataId, ...rest);
    },
    disposeData(dataId, force) {
      const held = backend.tensorMap.has(dataId) ? backend.tensorMap.get(dataId).held : undefined;
      const gone = disposeData.call(backend, dataId, force);
      if (gone) held?.dispose();
      return gone;
    },
  };
  return Object.assign(backend, added);
}
