import { existsSync } from 'node:fs';
import { cacheFolder } from '../files/index.ts';
import { addonPath, addonSources, buildAddon } from './addon.ts';
import { fetchCudaPart, missingCuda } from './cuda-libraries.ts';
import type { CudaPart } from './cuda-parts.ts';
import {
  chooseWheel,
  fetchWheel,
  type TensorflowWheel,
  thisMachine,
  wheelFolder,
} from './tensorflow-wheel.ts';

/** State of TensorFlow on this machine. */
export interface TensorflowPlace {
  /** Path of the native addon. */
  addon: string;
  /** Folder of TensorFlow's libraries. */
  libraries: string;
  wheel: TensorflowWheel;
  /** Parts of CUDA that TensorFlow needs and lacks. */
  missing: readonly CudaPart[];
  /** True if nothing is missing. */
  ready: boolean;
}

/**
 * Finds the place of TensorFlow on this machine, and whether it is installed there. Changes nothing.
 *
 * @throws {Error} if the platform has no build of TensorFlow, or `@tensorflow/tfjs-node-gpu` is not installed.
 */
export async function tensorflowPlace(cache: string = cacheFolder()): Promise<TensorflowPlace> {
  const wheel = chooseWheel(thisMachine());
  const libraries = wheelFolder(wheel, cache);
  const addon = addonPath(await addonSources(), wheel, cache);
  const missing = wheel.cuda ? await missingCuda(cache) : [];
  const ready = existsSync(addon) && existsSync(libraries) && missing.length === 0;
  return { addon, libraries, wheel, missing, ready };
}

/** Options of {@link ensureTensorflow}. */
export interface EnsureOptions {
  /** A Python 3.9 or newer with pip; default `python3`. Only for the download. */
  python?: string;
  /** Receives a description of each step before it begins. */
  onStep?: (step: string) => void;
  /** Default: the user's cache folder, so that all checkouts share one TensorFlow. */
  cache?: string;
}

/**
 * Sets up the `tensorflow` backend, once a machine: fetches TensorFlow's libraries from PyPI, with an NVIDIA GPU
 * those of CUDA 12 too unless the machine has them, and compiles the native addon of `@tensorflow/tfjs-node-gpu`,
 * with our additions, against them. Does nothing where it is installed.
 *
 * @throws {Error} naming what is missing: a build for the platform, the package, Python, the network, a compiler.
 * @example
 * // Needs a download of TensorFlow.
 * await ensureTensorflow({ onStep: console.log })
 */
export async function ensureTensorflow(options: EnsureOptions = {}): Promise<TensorflowPlace> {
  const { python = 'python3', onStep, cache = cacheFolder() } = options;
  const place = await tensorflowPlace(cache);
  const { wheel, libraries, addon, missing } = place;
  const sources = await addonSources();
  if (!existsSync(libraries)) {
    onStep?.(`Fetch ${wheel.project} ${wheel.version} from PyPI (${wheel.megabytes} MB)`);
    await fetchWheel(wheel, cache, python);
  }
  for (const part of missing) {
    onStep?.(`Fetch ${part.project} ${part.version} from PyPI (${part.megabytes} MB)`);
    await fetchCudaPart(part, cache, python);
  }
  if (!existsSync(addon)) {
    onStep?.('Compile the TensorFlow addon');
    await buildAddon(sources, wheel, libraries, cache);
  }
  return { ...place, missing: [], ready: true };
}
