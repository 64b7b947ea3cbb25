import type { backend_util, DataType, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { AddonBinding, Attribute, GraphTensor } from './addon-binding.ts';
import { tf } from './tf.ts';

/** Ids of recorded tensors begin here; the addon counts its own from 0. */
export const RECORDED = 2 ** 30;

/** The value of a variable that TensorFlow holds, so that functions can change it in place. */
export interface HeldData {
  /** Id of the handle that such functions take. */
  handle: number;
  /** Lets go of what was read of it: to be called before it changes, so that no copy is kept. */
  forget(): void;
  /** Frees it. */
  dispose(): void;
}

/** Entry of the package's backend for a tensor; `values` are those that were not yet handed to the addon. */
export interface TensorData {
  id: number;
  values: backend_util.BackendValues | null;
  shape: number[];
  dtype: number;
  /** Place in which TensorFlow holds them for functions that change them. */
  held?: HeldData;
}

/** Recorder that replaces execution while a step is recorded. */
export interface OpRecorder {
  /** Adds an op to the recording. */
  node(op: string, inputs: readonly number[], attributes: readonly Attribute[]): GraphTensor[];
  /** Returns the id of a tensor in the recording. */
  idOf(tensor: TensorInfo): number;
  /** Receives data that JavaScript made during the recording. */
  own(dataId: object): void;
  /** @throws {RefusedStep} if the data are not {@link own}: their values are not known while recording. */
  requireReadable(dataId: object): void;
}

/** The package's backend with the members that its types hide, and what recording adds. */
export interface TensorflowBackend extends KernelBackend {
  readonly addon: AddonBinding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { has(dataId: object): boolean; get(dataId: object): TensorData };
  /** Recorder of ops; while there is one, ops are recorded and nothing runs. */
  recorder: OpRecorder | undefined;
  /** The next free id of a recorded tensor; ids are never used again, so that a stale one is noticed. */
  nextRecorded: number;
  /** Number of the next function; names are never used again. */
  nextFunction: number;
  /** Number of the next variable that TensorFlow holds. */
  nextHeld: number;
  getDTypeInteger(dtype: DataType): number;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(output: GraphTensor): Tensor;
  executeSingleOutput(op: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor;
  executeMultipleOutputs(
    op: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorInfo[],
    count: number,
  ): Tensor[];
}

/** Returns the backend in use, if it is `tensorflow` as {@link registerTensorflow} sets it up. */
export function tensorflowBackend(): TensorflowBackend | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const backend = tf.backend();
  return 'addon' in backend ? (backend as TensorflowBackend) : undefined;
}
