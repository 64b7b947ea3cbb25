import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { tensorflowPlace } from './ensure-tensorflow.ts';
import { registerTensorflow } from './register-tensorflow.ts';
import { tensorflowBackend } from './tensorflow-backend.ts';

/** A backend's name in tfjs. */
export type BackendName = 'tensorflow' | 'cpu';

/** The backend in use, and why it is this one. */
export interface ResolvedBackend {
  name: BackendName;
  device: string;
  reason: string;
}

/**
 * Takes the best backend that stands on this machine: `tensorflow`, on an NVIDIA GPU or the CPU, else tfjs's
 * own `cpu`, which is plain JavaScript and far slower. Sets nothing up: that is {@link ensureTensorflow}'s.
 *
 * @param options.prefer the backend to take, rather than the best.
 * @throws {Error} if the preferred backend does not stand, saying what is missing.
 * @example
 * const { name, device, reason } = await resolveBackend()
 */
export async function resolveBackend(options: { prefer?: BackendName } = {}): Promise<ResolvedBackend> {
  if (options.prefer === 'cpu') return useCpu('it was asked for');
  try {
    return await useTensorflow();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (options.prefer) throw new Error(`Cannot use the backend tensorflow: ${problem}`, { cause: error });
    return useCpu(`tensorflow does not stand: ${problem}`);
  }
}

async function useTensorflow(): Promise<ResolvedBackend> {
  const { ready, addon, wheel } = await tensorflowPlace();
  if (!ready) throw new Error('it is not set up on this machine. Run: await ensureTensorflow()');
  registerTensorflow(addon);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('it failed to start; the console says why');
  const gpu = tensorflowBackend()?.isUsingGpuDevice;
  const build = `${wheel.project} ${wheel.version}`;
  if (gpu) return { name: 'tensorflow', device: 'NVIDIA GPU', reason: `${build} found the GPU` };
  const reason = wheel.cuda
    ? `${build} stands, but it found no GPU: the libraries of CUDA 12 must be on LD_LIBRARY_PATH`
    : `${build} stands, and there is no NVIDIA GPU`;
  return { name: 'tensorflow', device: `CPU, ${availableParallelism()} cores`, reason };
}

async function useCpu(reason: string): Promise<ResolvedBackend> {
  await tf.setBackend('cpu');
  // Its first use would print an advice that does not fit here.
  Object.assign(tf.backend(), { firstUse: false });
  return { name: 'cpu', device: 'CPU, one thread of JavaScript', reason };
}
