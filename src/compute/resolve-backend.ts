import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { cacheFolder } from '../util/index.ts';
import { cudaCompiler } from './cuda-libraries.ts';
import { tensorflowPlace } from './ensure-tensorflow.ts';
import { registerTensorflow } from './register-tensorflow.ts';
import { registerWebgpu } from './register-webgpu.ts';
import { tensorflowBackend } from './tensorflow-backend.ts';
import { xlaFlags } from './xla-flags.ts';

/** A backend's name in tfjs. */
export type BackendName = 'tensorflow' | 'webgpu' | 'cpu';

/** The backend in use, and why it is this one. */
export interface ResolvedBackend {
  name: BackendName;
  device: string;
  reason: string;
}

/** Each backend's start, best first. @throws {Error} saying why it does not stand. */
const STARTS: Readonly<Record<BackendName, (asked: boolean) => Promise<Omit<ResolvedBackend, 'name'>>>> = {
  tensorflow: useTensorflow,
  webgpu: useWebgpu,
  cpu: useCpu,
};

/**
 * Takes the best backend that stands on this machine: `tensorflow`, on an NVIDIA GPU or the CPU; else `webgpu`, on
 * a GPU of any make; else tfjs's own `cpu`, which is plain JavaScript and far slower. Sets nothing up: that is
 * {@link ensureTensorflow}'s. A `webgpu` whose device has failed starts anew.
 *
 * @param options.prefer the backend to take, rather than the best. Software in the place of a GPU is taken by
 *   `prefer: 'webgpu'` only, and is named so.
 * @throws {Error} if the preferred backend does not stand, saying what is missing.
 * @example
 * const { name, device, reason } = await resolveBackend()
 */
export async function resolveBackend(options: { prefer?: BackendName } = {}): Promise<ResolvedBackend> {
  const { prefer } = options;
  const missing: string[] = [];
  for (const name of prefer ? [prefer] : (Object.keys(STARTS) as BackendName[])) {
    try {
      const { device, reason } = await STARTS[name](prefer !== undefined);
      return { name, device, reason: [reason, ...missing].join('; ') };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (prefer) throw new Error(`Cannot use the backend ${name}: ${problem}`, { cause: error });
      missing.push(`${name} does not stand: ${problem}`);
    }
  }
  throw new Error(`Cannot compute: ${missing.join('; ')}`);
}

async function useTensorflow(): Promise<Omit<ResolvedBackend, 'name'>> {
  const { ready, addon, wheel } = await tensorflowPlace();
  if (!ready) throw new Error('it is not set up on this machine. Run: await ensureTensorflow()');
  if (wheel.cuda) process.env.XLA_FLAGS = xlaFlags(process.env, cudaCompiler(cacheFolder()));
  registerTensorflow(addon);
  await use('tensorflow');
  const gpu = tensorflowBackend()?.isUsingGpuDevice;
  const build = `${wheel.project} ${wheel.version}`;
  if (gpu) return { device: 'NVIDIA GPU', reason: `${build} found the GPU` };
  const reason = wheel.cuda
    ? `${build} stands, but it found no GPU: with TF_CPP_MIN_LOG_LEVEL=0 it prints why`
    : `${build} stands, and there is no NVIDIA GPU`;
  return { device: `CPU, ${availableParallelism()} cores`, reason };
}

async function useWebgpu(asked: boolean): Promise<Omit<ResolvedBackend, 'name'>> {
  const { name, software } = await registerWebgpu();
  if (software && !asked) throw new Error(`there is no GPU, only ${name}`);
  await use('webgpu');
  return { device: name, reason: software ? 'it was asked for' : 'Dawn found the GPU' };
}

async function useCpu(asked: boolean): Promise<Omit<ResolvedBackend, 'name'>> {
  await use('cpu');
  // Its first use would print an advice that does not fit here.
  Object.assign(tf.backend(), { firstUse: false });
  const reason = asked ? 'it was asked for' : 'nothing faster stands';
  return { device: 'CPU, one thread of JavaScript', reason };
}

async function use(name: BackendName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('it failed to start; the console says why');
}
