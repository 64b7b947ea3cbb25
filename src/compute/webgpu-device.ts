import { loaderFinds } from './loader-finds.ts';

/** A GPU as Dawn opens it, or software that replaces one. */
export interface WebgpuDevice {
  /** Source of devices. It must be kept while the device is used: Dawn crashes once it is collected. */
  gpu: GPU;
  device: GPUDevice;
  info: GPUAdapterInfo;
  /** Such as `NVIDIA H100 80GB HBM3`, or `SwiftShader driver 5.0.0 (software)`. */
  name: string;
  /** True if the processor computes what a GPU would. */
  software: boolean;
}

/** Interface through which Dawn reaches GPUs, by `process.platform`. */
const INTERFACES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Metal',
  win32: 'Direct3D 12',
  linux: 'Vulkan',
};

/**
 * Opens the fastest GPU of this machine, with all that its limits allow.
 *
 * @throws {Error} if the package `webgpu` is not installed or has no build for the platform, or there is no GPU.
 */
export async function openWebgpu(): Promise<WebgpuDevice> {
  const { create, globals } = await import('webgpu').catch(cause => {
    throw new Error(`the package webgpu cannot be loaded: ${(cause as Error).message}. ${INSTALL_WEBGPU}`, {
      cause,
    });
  });
  // Without it Dawn prints a warning on standard error, and finds nothing.
  if (process.platform === 'linux' && !(await loaderFinds(['libvulkan.so.1'])))
    throw new Error('no GPU is reached through Vulkan. On Debian or Ubuntu: apt-get install libvulkan1');
  // The classes and constants of WebGPU, which the package of tfjs takes from there.
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error(`no GPU is reached through ${INTERFACES[process.platform] ?? 'a driver'}`);
  const requiredLimits: Record<string, number> = {};
  for (const name in adapter.limits) requiredLimits[name] = Reflect.get(adapter.limits, name);
  const device = await adapter.requestDevice({ requiredLimits });
  const { info } = adapter;
  const software = info.isFallbackAdapter;
  const name = info.description || info.device || info.vendor || 'unnamed';
  return { gpu, device, info, name: software ? `${name} (software)` : name, software };
}

/** Command to run where a package is missing. */
export const INSTALL_WEBGPU =
  'Run: npm install --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-webgpu@4.22.0 webgpu@0.6.2';
