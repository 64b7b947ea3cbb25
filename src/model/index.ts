export type { GgufValue } from './gguf-header.ts';
export { type GgufFile, openGguf } from './open-gguf.ts';
export { openSafetensors } from './open-safetensors.ts';
export type { StoredTensor, TensorValues, WeightFile } from './stored-tensor.ts';
export { type TensorSource, type WriteOptions, writeSafetensors } from './write-safetensors.ts';
