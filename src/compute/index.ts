export {
  type EnsureOptions,
  ensureTensorflow,
  type TensorflowPlace,
  tensorflowPlace,
} from './ensure-tensorflow.ts';
export { type BackendName, type ResolvedBackend, resolveBackend } from './resolve-backend.ts';
export type { TensorflowWheel } from './tensorflow-wheel.ts';
