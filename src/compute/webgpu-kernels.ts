import type { KernelFunc, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { tf } from './tf.ts';

/** Puts our kernels in the place of those of the package that fail on what models compute. */
export function mendWebgpuKernels(): void {
  const addN = tf.getKernel(tf.AddN, 'webgpu').kernelFunc;
  tf.unregisterKernel(tf.AddN, 'webgpu');
  tf.registerKernel({ kernelName: tf.AddN, backendName: 'webgpu', kernelFunc: inParts(addN) });
}

/** Adds tensors in parts: the package's own takes all into one shader, which has room for 8 to 12 on many devices. */
function inParts(addN: KernelFunc): KernelFunc {
  return ({ inputs, backend: kernelBackend }) => {
    const backend = kernelBackend as WebGPUBackend;
    // One more buffer is for the sum.
    const most = backend.device.limits.maxStorageBuffersPerShaderStage - 1;
    const [first, ...rest] = inputs as unknown as [TensorInfo, ...TensorInfo[]];
    let sum = first;
    do {
      const part = [sum, ...rest.splice(0, most - 1)] as unknown as NamedTensorInfoMap;
      const next = addN({ inputs: part, backend }) as TensorInfo;
      if (sum !== first) backend.disposeData(sum.dataId);
      sum = next;
    } while (rest.length > 0);
    return sum;
  };
}
