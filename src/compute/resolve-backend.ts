import { availableParallelism } from 'node:os';
import { cacheFolder } from '../files/index.ts';
import { messageOf } from '../runs/index.ts';
import { cudaCompiler } from './cuda-libraries.ts';
import { tensorflowPlace } from './ensure-tensorflow.ts';
import { registerTensorflow } from './register-tensorflow.ts';
import { registerWebgpu } from './register-webgpu.ts';
import { tensorflowBackend } from './tensorflow-backend.ts';
import { requireTensorflow, tf } from './tf.ts';
import { xlaFlags } from './xla-flags.ts';

/** A backend's name in tfjs. */
export type BackendName = 'tensorflow' | 'webgpu' | 'cpu';

/** The backend in use, and why it is this one. */
export interface ResolvedBackend {
  name: BackendName;
  device: string;
  /** True if a GPU computes, rather than the processor. */
  gpu: boolean;
  reason: string;
}

/** Outcome of a backend's start. */
type Started = Omit<ResolvedBackend, 'name'>;

/** All backends, best first. */
export const BACKEND_NAMES = ['tensorflow', 'webgpu', 'cpu'] as const satisfies readonly BackendName[];

/** Start of each backend. @throws {Error} saying why it is not available. */
const STARTS: Readonly<Record<BackendName, (asked: boolean) => Promise<Started>>> = {
  tensorflow: useTensorflow,
  webgpu: useWebgpu,
  cpu: useCpu,
};

/**
 * Selects the best backend that is available on this machine: `tensorflow`, on an NVIDIA GPU or the CPU; else
 * `webgpu`, on a GPU of any make; else tfjs's own `cpu`, which is plain JavaScript and far slower. Sets nothing up:
 * that is {@link ensureTensorflow}'s. A `webgpu` whose device has failed starts again.
 *
 * @param options.prefer the backend to take, rather than the best. Software in the place of a GPU is taken by
 *   `prefer: 'webgpu'` only, and is named so.
 * @throws {Error} if TensorFlow.js or the preferred backend is not available, saying what is missing.
 * @example
 * const { name, device, reason } = await resolveBackend()
 */
export async function resolveBackend(options: { prefer?: BackendName } = {}): Promise<ResolvedBackend> {
  const { prefer } = options;
  requireTensorflow();
  const missing: string[] = [];
  for (const name of prefer ? [prefer] : BACKEND_NAMES) {
    try {
      const { reason, ...started } = await STARTS[name](prefer !== undefined);
      return { name, ...started, reason: [reason, ...missing].join('; ') };
    } catch (error) {
      const problem = messageOf(error);
      if (prefer) throw new Error(`Cannot use the backend ${name}: ${problem}`, { cause: error });
      missing.push(`${name} is not available: ${problem}`);
    }
  }
  throw new Error(`Cannot compute: ${missing.join('; ')}`);
}

/**
 * Selects the best backend as {@link resolveBackend} does, unless one is in use already.
 *
 * @returns the selected one; undefined where one was in use.
 * @throws {Error} if TensorFlow.js is not available, saying what is missing.
 * @example
 * await ensureBackend()
 */
export async function ensureBackend(): Promise<ResolvedBackend | undefined> {
  return requireTensorflow().engine().backendName ? undefined : resolveBackend();
}

/**
 * Tries each backend, and says where it computes or why it is not available. The best is in use afterwards.
 *
 * @returns a line each, best first, such as `cpu on CPU, one thread of JavaScript: it is available everywhere`.
 * @throws {Error} naming what to install, if TensorFlow.js is missing.
 */
export async function describeBackends(): Promise<string[]> {
  requireTensorflow();
  const lines: string[] = [];
  for (const name of BACKEND_NAMES) {
    lines.push(
      await STARTS[name](false).then(
        ({ device, reason }) => `${name} on ${device}: ${reason}`,
        (error: Error) => `${name} is not available: ${error.message}`,
      ),
    );
  }
  await resolveBackend();
  return lines;
}

async function useTensorflow(): Promise<Started> {
  const { ready, addon, wheel } = await tensorflowPlace();
  if (!ready) throw new Error('it is not set up on this machine. Run: await ensureTensorflow()');
  if (wheel.cuda) process.env.XLA_FLAGS = xlaFlags(process.env, cudaCompiler(cacheFolder()));
  registerTensorflow(addon);
  await use('tensorflow');
  const gpu = tensorflowBackend()?.isUsingGpuDevice;
  const build = `${wheel.project} ${wheel.version}`;
  if (gpu) return { device: 'NVIDIA GPU', gpu, reason: `${build} found the GPU` };
  const reason = wheel.cuda
    ? `${build} is available, but it found no GPU: with TF_CPP_MIN_LOG_LEVEL=0 it prints why`
    : `${build} is available, and there is no NVIDIA GPU`;
  return { device: `CPU, ${availableParallelism()} cores`, gpu: false, reason };
}

async function useWebgpu(asked: boolean): Promise<Started> {
  const { name, software } = await registerWebgpu();
  if (software && !asked) throw new Error(`there is no GPU, only ${name}`);
  await use('webgpu');
  return { device: name, gpu: !software, reason: software ? 'it was asked for' : 'Dawn found the GPU' };
}

async function useCpu(asked: boolean): Promise<Started> {
  await use('cpu');
  // Its first use would print an advice that does not fit here.
  Object.assign(tf.backend(), { firstUse: false });
  const reason = asked ? 'it was asked for' : 'it is available everywhere';
  return { device: 'CPU, one thread of JavaScript', gpu: false, reason };
}

async function use(name: BackendName): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('it failed to start; the console says why');
}
