import { createRequire } from 'node:module';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { tf } from './tf.ts';
import { INSTALL_WEBGPU, openWebgpu, type WebgpuDevice } from './webgpu-device.ts';
import { mendWebgpuKernels } from './webgpu-kernels.ts';

/** The package's backend, and what watching over it adds. */
export interface WebgpuBackend extends WebGPUBackend {
  readonly opened: WebgpuDevice;
  /** The first thing that went wrong on the device, in words; nothing that it computed since can be trusted. */
  failure: string | undefined;
}

/** The package's program for products with few results, among its others. */
const SMALL_PRODUCTS = 2;

/**
 * Registers the backend `webgpu` over the machine's GPU, without choosing it. Where one is registered already
 * whose device has failed, a new one takes its place.
 *
 * @throws {Error} if a package is missing, or there is no GPU.
 */
export async function registerWebgpu(): Promise<WebgpuDevice> {
  const registered = webgpuBackend();
  if (registered && registered.failure === undefined) return registered.opened;
  const Backend = backendClass();
  const opened = await openWebgpu();
  if (registered) tf.removeBackend('webgpu');
  else mendWebgpuKernels();
  // In software, the program that it would choose for the fewest results takes 30 times as long.
  if (opened.software) tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', SMALL_PRODUCTS);
  const backend = withNavigator(opened.gpu, () => new Backend(opened.device, opened.info));
  tf.registerBackend('webgpu', () => watched(backend, opened));
  return opened;
}

/** Returns the backend `webgpu`, if it is in use or was. */
export function webgpuBackend(): WebgpuBackend | undefined {
  return (tf.findBackend('webgpu') ?? undefined) as WebgpuBackend | undefined;
}

/**
 * Loads the package's backend: it registers its kernels as it is loaded, and no backend, since there is no
 * `navigator.gpu`.
 */
function backendClass(): typeof WebGPUBackend {
  const require = createRequire(import.meta.url);
  try {
    return require('@tensorflow/tfjs-backend-webgpu').WebGPUBackend;
  } catch (cause) {
    throw new Error(`@tensorflow/tfjs-backend-webgpu must be installed. ${INSTALL_WEBGPU}`, { cause });
  }
}

/** Makes a backend while there is a `navigator.gpu`, as in a browser, which the package requires. */
function withNavigator<T>(gpu: GPU, make: () => T): T {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return make();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}

/**
 * Makes an operation, and every one and every read after it, fail where WebGPU reports its error beside the call: a
 * tensor too large for the device would read as zeros.
 */
function watched(original: WebGPUBackend, opened: WebgpuDevice): WebgpuBackend {
  const backend = Object.assign(original, { opened, failure: undefined }) as WebgpuBackend;
  const { runWebGPUProgram, read, readSync, dispose } = backend;
  const fail = (failure: string) => {
    backend.failure ??= failure;
  };
  opened.device.addEventListener('uncapturederror', event => {
    event.preventDefault();
    fail(event.error.message.trim());
  });
  opened.device.lost.then(({ message }) => fail(`the device was lost: ${message}`));
  const requireSound = () => {
    if (backend.failure === undefined) return;
    throw new Error(
      `The GPU failed, so what it computed since cannot be trusted: ${backend.failure}\n` +
        'A new resolveBackend() starts it again, without the tensors that it held',
    );
  };
  return Object.assign(backend, {
    runWebGPUProgram(...args: Parameters<typeof runWebGPUProgram>) {
      const result = runWebGPUProgram.apply(backend, args);
      requireSound();
      return result;
    },
    async read(dataId: object) {
      requireSound();
      return read.call(backend, dataId).finally(requireSound);
    },
    readSync(dataId: object) {
      requireSound();
      if (!backend.tensorMap.get(dataId).values)
        throw new Error('Cannot read from a GPU at once: await the tensor’s data() or array()');
      return readSync.call(backend, dataId);
    },
    dispose() {
      dispose.call(backend);
      opened.device.destroy();
    },
  } satisfies Partial<WebgpuBackend>);
}
