import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inWorkFolder, moveInto } from '../files/index.ts';
import { type PipWheel, unpackFromPip } from './pip-wheel.ts';

/** A build of TensorFlow on PyPI: its libraries depend on no Python version, so one wheel a platform is enough. */
export interface TensorflowWheel extends PipWheel {
  /** File names of the two libraries that the addon links. */
  libraries: readonly string[];
  /** True if it holds kernels for NVIDIA GPUs. */
  cuda: boolean;
}

const VERSION = '2.21.0';
const LINUX = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const MACOS = ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'];

const CPU_LINUX: TensorflowWheel = {
  project: 'tensorflow-cpu',
  version: VERSION,
  tag: 'manylinux_2_27_x86_64',
  sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  libraries: LINUX,
  cuda: false,
  megabytes: 274,
};

const CUDA_LINUX: TensorflowWheel = {
  ...CPU_LINUX,
  project: 'tensorflow',
  sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  cuda: true,
  megabytes: 572,
};

const WHEELS: Record<string, { cpu: TensorflowWheel; cuda?: TensorflowWheel }> = {
  'linux x64': { cpu: CPU_LINUX, cuda: CUDA_LINUX },
  'linux arm64': {
    cpu: {
      ...CPU_LINUX,
      project: 'tensorflow',
      tag: 'manylinux_2_27_aarch64',
      sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
      megabytes: 282,
    },
  },
  'darwin arm64': {
    cpu: {
      ...CPU_LINUX,
      project: 'tensorflow',
      tag: 'macosx_12_0_arm64',
      sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
      libraries: MACOS,
      megabytes: 224,
    },
  },
};

/** The machine for which a wheel is chosen. */
export interface Machine {
  platform: string;
  arch: string;
  /** True if an NVIDIA GPU's driver runs. */
  nvidia: boolean;
}

/** Signs of an NVIDIA driver: on Linux, in a container that is given the GPU, in Windows's Linux. */
const DRIVER = ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/usr/lib/wsl/lib/libcuda.so.1'];

/** Describes this machine. */
export function thisMachine(): Machine {
  const nvidia = DRIVER.some(path => existsSync(path));
  return { platform: process.platform, arch: process.arch, nvidia };
}

/**
 * Selects the wheel that suits a machine.
 *
 * @throws {Error} if TensorFlow has none for the platform.
 */
export function chooseWheel({ platform, arch, nvidia }: Machine): TensorflowWheel {
  const builds = WHEELS[`${platform} ${arch}`];
  if (builds) return (nvidia ? builds.cuda : undefined) ?? builds.cpu;
  const known = Object.keys(WHEELS).join(', ');
  throw new Error(
    `Cannot set up TensorFlow: there are builds for ${known}; this machine is ${platform} ${arch}`,
  );
}

/** The C headers, and those that they include. */
const HEADERS = [
  'tensorflow/c/*',
  'tensorflow/core/platform/ctstring*',
  'tsl/platform/ctstring*',
  'xla/tsl/c/*',
].map(pattern => `include/${pattern}.h`);

/** Returns the folder for what is unpacked of a wheel: the libraries, and `include/`. */
export function wheelFolder(wheel: TensorflowWheel, cache: string): string {
  return join(cache, 'tensorflow', `${wheel.project}-${wheel.version}-${wheel.tag}`);
}

/**
 * Downloads a wheel with pip, which checks it against its SHA-256, and unpacks the libraries and the C headers.
 * The folder appears whole or not at all, and serves every checkout on the machine.
 *
 * @param python a Python 3.9 or newer with pip.
 * @returns the folder.
 * @throws {Error} if there is no Python, no network, or the wheel is not the published one.
 */
export async function fetchWheel(wheel: TensorflowWheel, cache: string, python: string): Promise<string> {
  const folder = wheelFolder(wheel, cache);
  if (existsSync(folder)) return folder;
  await inWorkFolder(join(cache, 'tensorflow'), async work => {
    const wanted = [...wheel.libraries, ...HEADERS];
    await moveInto(await unpackFromPip(wheel, work, python, 'tensorflow/', wanted), folder);
  });
  return folder;
}
