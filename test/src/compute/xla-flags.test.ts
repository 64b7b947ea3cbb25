import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { xlaFlags } from '../../../src/compute/xla-flags.ts';

let packages: string;
beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'nvidia-'));
  await mkdir(join(packages, 'cuda_nvcc', 'nvvm', 'libdevice'), { recursive: true });
});
afterAll(() => rm(packages, { recursive: true }));

test('XLA finds the compiler of a wheel beside the libraries', () => {
  const flags = xlaFlags({ LD_LIBRARY_PATH: `/nowhere:${packages}/cublas/lib` });
  expect(flags).toBe(`--xla_gpu_enable_triton_gemm=false --xla_gpu_cuda_data_dir=${packages}/cuda_nvcc`);
});

test('the folder that the user names for CUDA comes first', () => {
  const CUDA_HOME = join(packages, 'cuda_nvcc');
  expect(xlaFlags({ CUDA_HOME, LD_LIBRARY_PATH: '' })).toContain(`--xla_gpu_cuda_data_dir=${CUDA_HOME}`);
});

test('flags of the user stay, and none is repeated', () => {
  const XLA_FLAGS = '--xla_gpu_enable_triton_gemm=true --xla_gpu_cuda_data_dir=/opt/cuda';
  expect(xlaFlags({ XLA_FLAGS })).toBe(XLA_FLAGS);
});
