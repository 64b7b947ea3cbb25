import type { PipWheel } from './pip-wheel.ts';

/** A part of CUDA 12 on PyPI. */
export interface CudaPart extends PipWheel {
  /** Its folder in the wheel, `nvidia/NAME/`. */
  name: string;
  /** Files that are unpacked of it. */
  files: readonly string[];
}

const part = (
  name: string,
  version: string,
  tag: string,
  megabytes: number,
  sha256: string,
  files: readonly string[],
): CudaPart => ({
  name,
  project: `nvidia-${name.replaceAll('_', '-')}-cu12`,
  version,
  tag: `${tag}_x86_64`,
  megabytes,
  sha256,
  files,
});

/** Compiler that XLA uses. */
export const COMPILER = part(
  'cuda_nvcc',
  '12.9.86',
  'manylinux2010',
  41,
  '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  ['bin/ptxas', 'nvvm/libdevice/libdevice.10.bc'],
);

/**
 * Libraries that TensorFlow 2.21 opens for a GPU, as its extra `and-cuda` names them, without those it never opens.
 */
export const LIBRARIES: readonly CudaPart[] = [
  part(
    'cuda_runtime',
    '12.9.79',
    'manylinux2014',
    3,
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    ['lib/libcudart.so.12'],
  ),
  part(
    'cuda_cupti',
    '12.8.90',
    'manylinux2014',
    10,
    'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    ['lib/libcupti.so.12'],
  ),
  part(
    'nvjitlink',
    '12.9.86',
    'manylinux2010',
    40,
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    ['lib/libnvJitLink.so.12'],
  ),
  part(
    'cuda_nvrtc',
    '12.9.86',
    'manylinux2010',
    90,
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    ['lib/libnvrtc.so.12', 'lib/libnvrtc-builtins.so.12.9'],
  ),
  part(
    'cufft',
    '11.4.1.4',
    'manylinux2014',
    201,
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    ['lib/libcufft.so.11'],
  ),
  part(
    'cusolver',
    '11.7.5.82',
    'manylinux_2_27',
    338,
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    ['lib/libcusolver.so.11'],
  ),
  part(
    'nccl',
    '2.32.3',
    'manylinux_2_27',
    352,
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    ['lib/libnccl.so.2'],
  ),
  part(
    'cusparse',
    '12.5.10.65',
    'manylinux2014',
    366,
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    ['lib/libcusparse.so.12'],
  ),
  part(
    'cublas',
    '12.9.3.13',
    'manylinux_2_27',
    581,
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    ['lib/libcublas.so.12', 'lib/libcublasLt.so.12'],
  ),
  part(
    'cudnn',
    '9.28.0.42',
    'manylinux_2_27',
    717,
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    ['lib/libcudnn.so.9', 'lib/libcudnn_*.so.9'],
  ),
];
