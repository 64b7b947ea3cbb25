import type { GatherV2Attrs, GatherV2Inputs, KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { TensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/**
 * `gather` on the tensorflow backend. The package's own reads the indices back to check them, which waits for
 * the device at every call and cannot be recorded. TensorFlow checks them itself on a CPU; on a GPU an index
 * out of bounds gives zeros.
 */
export const gatherKernel: KernelConfig = {
  kernelName: 'GatherV2',
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, attrs, backend: kernelBackend }) => {
    const { x, indices } = inputs as Record<keyof GatherV2Inputs, TensorInfo>;
    const { axis, batchDims } = attrs as unknown as GatherV2Attrs;
    const backend = kernelBackend as TensorflowBackend;
    const { TF_ATTR_INT, TF_ATTR_TYPE, TF_INT32 } = backend.addon;
    const attributes = [
      { name: 'batch_dims', type: TF_ATTR_INT, value: batchDims },
      { name: 'Tparams', type: TF_ATTR_TYPE, value: backend.getDTypeInteger(x.dtype) },
      { name: 'Tindices', type: TF_ATTR_TYPE, value: TF_INT32 },
      { name: 'Taxis', type: TF_ATTR_TYPE, value: TF_INT32 },
    ];
    const axisTensor = tf.scalar(axis, 'int32');
    const gathered = backend.executeSingleOutput(tf.GatherV2, attributes, [x, indices, axisTensor]);
    axisTensor.dispose();
    return gathered;
  },
};
