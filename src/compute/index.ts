export { type AdamWGiven, adamwUpdate } from './adamw-update.ts';
export { type CompiledStep, type CompileOptions, compile } from './compile.ts';
export type { CudaPart } from './cuda-parts.ts';
export { dropout } from './dropout.ts';
export {
  type EnsureOptions,
  ensureTensorflow,
  type TensorflowPlace,
  tensorflowPlace,
} from './ensure-tensorflow.ts';
export type { MatmulType } from './matmul-type.ts';
export type { PipWheel } from './pip-wheel.ts';
export { randomUniform } from './random-uniform.ts';
export { RefusedStep } from './recording.ts';
export {
  BACKEND_NAMES,
  type BackendName,
  describeBackends,
  ensureBackend,
  type ResolvedBackend,
  resolveBackend,
} from './resolve-backend.ts';
export type { StepResult } from './step-result.ts';
export type { TensorflowWheel } from './tensorflow-wheel.ts';
export { INSTALL_TENSORFLOW, tf } from './tf.ts';
export { writeRows } from './write-rows.ts';
