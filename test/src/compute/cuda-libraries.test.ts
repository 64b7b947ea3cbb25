import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cudaCompiler, fetchCudaPart, missingCuda } from '../../../src/compute/cuda-libraries.ts';
import { COMPILER, type CudaPart, LIBRARIES } from '../../../src/compute/cuda-parts.ts';
import { xlaFlags } from '../../../src/compute/xla-flags.ts';
import { offerWheel } from '../../fixtures/offer-wheel.ts';

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuda-'));
  cache = join(folder, 'cache');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const partOf = (name: string) => LIBRARIES.find(part => part.name === name) as CudaPart;

/** Offers a part's wheel with these files, and others that are not needed. */
function offer(part: CudaPart, files: readonly string[]): CudaPart {
  const project = part.project.replaceAll('-', '_');
  const wheel = `${project}-${part.version}-py3-none-${part.tag}.whl`;
  const all = [...files, 'include/header.h', 'lib/libother.so.12'].map(name => [
    `nvidia/${part.name}/${name}`,
    name,
  ]);
  return { ...part, sha256: offerWheel(folder, wheel, Object.fromEntries(all)) };
}

describe('a part of CUDA', () => {
  test('is unpacked to where TensorFlow’s libraries look for it, and is missing no more', async () => {
    vi.stubEnv('LD_LIBRARY_PATH', '');
    expect((await missingCuda(cache)).map(({ name }) => name)).toContain('cublas');
    const part = offer(partOf('cublas'), ['lib/libcublas.so.12', 'lib/libcublasLt.so.12']);
    await fetchCudaPart(part, cache, 'python3');
    const lib = join(cache, 'tensorflow', 'nvidia', 'cublas', 'lib');
    expect(readdirSync(lib).sort()).toEqual(['libcublas.so.12', 'libcublasLt.so.12', 'libcusolver.so.11']);
    expect(readFileSync(join(lib, 'libcublas.so.12'), 'utf8')).toBe('lib/libcublas.so.12');
    expect((await missingCuda(cache)).map(({ name }) => name)).not.toContain('cublas');

    // The link leads to where the next part will be.
    expect(existsSync(join(lib, 'libcusolver.so.11'))).toBe(false);
    mkdirSync(join(lib, '../../cusolver/lib'), { recursive: true });
    writeFileSync(join(lib, '../../cusolver/lib/libcusolver.so.11'), 'cusolver');
    expect(readFileSync(join(lib, 'libcusolver.so.11'), 'utf8')).toBe('cusolver');
  });

  test('is fetched again where another version is installed', async () => {
    const part = offer(partOf('cufft'), ['lib/libcufft.so.11']);
    const old = join(cache, 'tensorflow', 'nvidia', 'cufft');
    mkdirSync(join(old, 'lib'), { recursive: true });
    writeFileSync(join(old, 'nvidia-cufft-cu12-11.0.0.0'), '');
    expect(await missingCuda(cache)).toContainEqual(partOf('cufft'));
    await fetchCudaPart(part, cache, 'python3');
    expect(readdirSync(old).sort()).toEqual(['lib', 'nvidia-cufft-cu12-11.4.1.4']);
  });

  test('can be run where it is a program', async () => {
    const part = offer(COMPILER, ['bin/ptxas', 'nvvm/libdevice/libdevice.10.bc', 'bin/nvlink']);
    await fetchCudaPart(part, cache, 'python3');
    const compiler = cudaCompiler(cache);
    expect(readdirSync(join(compiler, 'bin'))).toEqual(['ptxas']);
    expect(statSync(join(compiler, 'bin', 'ptxas')).mode & 0o100).toBe(0o100);
    expect(xlaFlags({}, compiler)).toContain(`--xla_gpu_cuda_data_dir=${compiler}`);
  });

  test('that lacks a library is refused, and leaves nothing behind', async () => {
    const part = offer(partOf('cufft'), []);
    await expect(fetchCudaPart(part, cache, 'python3')).rejects.toThrow(/holds no lib\/libcufft\.so\.11/);
    expect(readdirSync(join(cache, 'tensorflow', 'nvidia'))).toEqual([]);
  });
});

test('of a CUDA that the machine has already, only XLA’s compiler is missing', async () => {
  const names = ['cudart.so.12', 'cublas.so.12', 'cublasLt.so.12', 'cufft.so.11', 'cusolver.so.11'];
  for (const name of [...names, 'cusparse.so.12', 'cudnn.so.9'])
    writeFileSync(join(folder, `lib${name}`), '');
  vi.stubEnv('LD_LIBRARY_PATH', `/nowhere:${folder}`);
  expect(await missingCuda(cache)).toEqual([COMPILER]);
  rmSync(join(folder, 'libcudnn.so.9'));
  expect(await missingCuda(cache)).toEqual([COMPILER, ...LIBRARIES]);
});
