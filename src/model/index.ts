export { adapterMatrices } from './adapter.ts';
export { addLora, type LoraOptions } from './add-lora.ts';
export type { Gpt2Config, LlamaConfig, ModelConfig, Rope, RopeScaling } from './config.ts';
export { forward, network, requireLength } from './forward.ts';
export type { GgufValue } from './gguf-header.ts';
export { growVocabulary } from './grow-vocabulary.ts';
export { toHuggingFace } from './hugging-face-config.ts';
export { initialise } from './initialise.ts';
export { loadLora } from './load-lora.ts';
export { type LoadModelOptions, loadModel } from './load-model.ts';
export { mergeLora } from './merge-lora.ts';
export { type Model, modelFacts, modelOf } from './model.ts';
export {
  type Drop,
  dropNothing,
  type KeysValues,
  type LinearMap,
  type Network,
  type Places,
  type Weights,
} from './network.ts';
export { type GgufFile, openGguf } from './open-gguf.ts';
export { openSafetensors } from './open-safetensors.ts';
export type { Rotation } from './rotary.ts';
export { type SaveLoraOptions, saveLora } from './save-lora.ts';
export { saveModel } from './save-model.ts';
export { openStoredModel, type StoredModel, type StoredWeight } from './stored-model.ts';
export type { StoredTensor, TensorValues, WeightFile } from './stored-tensor.ts';
export { type TensorSource, type WriteOptions, writeSafetensors } from './write-safetensors.ts';
