import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Chooses the flags by which XLA compiles for an NVIDIA GPU: without Triton's products, which take three times as
 * long to compile and are no faster, and with the folder of CUDA's compiler, which it finds by itself in none but the
 * usual place. What `XLA_FLAGS` already says stays.
 *
 * @param environment of the process: `XLA_FLAGS`; `CUDA_HOME` and `CUDA_PATH`, where CUDA may be; `LD_LIBRARY_PATH`,
 *   beside whose folders the wheel `nvidia-cuda-nvcc-cu12` puts it.
 * @param fetched folder of the compiler if we fetched it.
 * @returns the value for `XLA_FLAGS`.
 */
export function xlaFlags(environment: NodeJS.ProcessEnv = process.env, fetched?: string): string {
  const { XLA_FLAGS: given = '', CUDA_HOME, CUDA_PATH, LD_LIBRARY_PATH = '' } = environment;
  const libraries = LD_LIBRARY_PATH.split(':').filter(folder => folder !== '');
  const folders = [CUDA_HOME, CUDA_PATH, ...libraries.map(folder => resolve(folder, '../../cuda_nvcc'))];
  const compiler = [...folders, fetched, '/usr/local/cuda'].find(
    folder => folder && existsSync(join(folder, 'nvvm', 'libdevice')),
  );
  const wanted = {
    xla_gpu_enable_triton_gemm: 'false',
    ...(compiler && { xla_gpu_cuda_data_dir: compiler }),
  };
  const missing = Object.entries(wanted).filter(([name]) => !given.includes(`--${name}=`));
  return [given, ...missing.map(([name, value]) => `--${name}=${value}`)]
    .filter(flag => flag !== '')
    .join(' ');
}
