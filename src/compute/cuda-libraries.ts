import { existsSync } from 'node:fs';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inWorkFolder, moveInto } from '../files/index.ts';
import { COMPILER, type CudaPart, LIBRARIES } from './cuda-parts.ts';
import { loaderFinds } from './loader-finds.ts';
import { unpackFromPip } from './pip-wheel.ts';

/** Libraries that TensorFlow requires of the machine before it takes a GPU. */
const REQUIRED = [
  ...['libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcufft.so.11', 'libcusolver.so.11'],
  ...['libcusparse.so.12', 'libcudnn.so.9'],
];

/**
 * Returns the folder in which TensorFlow's libraries look for NVIDIA's: `../nvidia/NAME/lib`, seen from their wheel.
 */
const cudaFolder = (cache: string) => join(cache, 'tensorflow', 'nvidia');

/** The one library that they do not look for in its own folder, where a link to it is made. */
const STRAY = { from: 'cublas', folder: 'cusolver', file: 'lib/libcusolver.so.11' };

/** Names the file that records the version of a part. */
const versionFile = ({ project, version }: CudaPart) => `${project}-${version}`;

/** Lists the parts of CUDA that must be fetched before TensorFlow can use an NVIDIA GPU on this machine. */
export async function missingCuda(cache: string): Promise<CudaPart[]> {
  const needed = (await loaderFinds(REQUIRED)) ? [COMPILER] : [COMPILER, ...LIBRARIES];
  return needed.filter(part => !existsSync(join(cudaFolder(cache), part.name, versionFile(part))));
}

/**
 * Fetches a part of CUDA from PyPI to where TensorFlow's libraries look for it. It appears whole or not at all.
 *
 * @throws {Error} if there is no Python, no network, or the wheel is not the published one.
 */
export async function fetchCudaPart(part: CudaPart, cache: string, python: string): Promise<void> {
  const folder = join(cudaFolder(cache), part.name);
  await inWorkFolder(join(cache, 'tensorflow', 'nvidia'), async work => {
    const unpacked = await unpackFromPip(part, work, python, `nvidia/${part.name}/`, part.files);
    await writeFile(join(unpacked, versionFile(part)), '');
    if (part.name === STRAY.from)
      await symlink(join('../..', STRAY.folder, STRAY.file), join(unpacked, STRAY.file));
    await rm(folder, { recursive: true, force: true });
    await moveInto(unpacked, folder);
  });
}

/** Returns the folder of the compiler that XLA needs, once it is fetched. */
export function cudaCompiler(cache: string): string {
  return join(cudaFolder(cache), COMPILER.name);
}
