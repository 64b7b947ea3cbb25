export type { GgufValue, NumberArray, StoredTensor } from '../files/index.ts';
export type { Facts } from '../notebook/index.ts';
export type { Activation } from './activations.ts';
export { adapterMatrices } from './adapter.ts';
export { addLora, type LoraOptions } from './add-lora.ts';
export type {
  Architecture,
  GgufContents,
  InitConfig,
  InitOption,
  InitSchema,
  StoredPlace,
  TinySizes,
} from './architecture.ts';
export type { GemmaConfig } from './architectures/gemma2.ts';
export type { Gemma3Config } from './architectures/gemma3.ts';
export type { GptNeoxConfig } from './architectures/gpt-neox.ts';
export { GPT2, type Gpt2Config } from './architectures/gpt2.ts';
export type { GraniteConfig } from './architectures/granite.ts';
export {
  ARCHITECTURES,
  architectureNames,
  architectureOf,
  registerArchitecture,
} from './architectures/index.ts';
export { LLAMA } from './architectures/llama.ts';
export type { MistralConfig } from './architectures/mistral.ts';
export type { Olmo2Config } from './architectures/olmo2.ts';
export type { Phi3Config } from './architectures/phi3.ts';
export type { Qwen2Config } from './architectures/qwen2.ts';
export type { Qwen3Config } from './architectures/qwen3.ts';
export type { SmolLm3Config } from './architectures/smollm3.ts';
export { attentionMask } from './attention.ts';
export type { ModelConfig, RefuseConfig } from './config.ts';
export type { ConfigFields } from './config-fields.ts';
export { contextLength } from './context-length.ts';
export type {
  AttentionParts,
  Decoder,
  FusedMap,
  MlpParts,
  NormKind,
  SeparateMaps,
  SlidingLayers,
} from './decoder/decoder.ts';
export type { SlidingConfig } from './decoder/layer-types.ts';
export type { LlamaConfig, LlamaInit } from './decoder/llama-family.ts';
export type { ElementType } from './float-encoders.ts';
export {
  type AttendedPositions,
  blocks,
  type ForwardOptions,
  forward,
  hiddenStates,
  network,
  positionedInputs,
  requireLength,
  ropeVariant,
  rotaryTables,
  sequenceInputs,
} from './forward.ts';
export { type GgufModel, ggufContents } from './gguf-contents.ts';

export { growVocabulary } from './grow-vocabulary.ts';
export { fromHuggingFace, toHuggingFace } from './hugging-face-config.ts';
export { initConfig, initSchema } from './init-config.ts';
export { initialise } from './initialise.ts';
export type { Json } from './json.ts';
export { adapterFiles, loadLora } from './load-lora.ts';
export { type LoadModelOptions, loadModel } from './load-model.ts';
export type { MapPattern } from './map-pattern.ts';
export { mergeLora } from './merge-lora.ts';
export { countWeights, type Model, modelFacts, modelOf } from './model.ts';
export {
  type LinearMap,
  linearMaps,
  type ModelSizes,
  modelSizes,
  tinyConfig,
  type WeightCounts,
  weightShapes,
} from './model-sizes.ts';
export {
  type AttentionInputs,
  type BlockInputs,
  type Dropout,
  type KeysAndValues,
  type KvCacheUpdate,
  type Network,
  noDropout,
  type RopeTables,
  type RotaryEmbedding,
  type Weights,
} from './network.ts';
export { type GgufFile, ggufFiles, openGguf } from './open-gguf.ts';
export { openSafetensors, weightFiles } from './open-safetensors.ts';
export type { Rope, RopeScaling } from './rope-frequencies.ts';
export { type SaveLoraOptions, saveLora } from './save-lora.ts';
export { saveModel } from './save-model.ts';
export {
  type SavedType,
  type StoredForm,
  savedConfig,
  stringifyConfig,
  withTorchType,
} from './saved-config.ts';
export { startTokens } from './start-tokens.ts';
export { openStoredModel, type StoredModel, type StoredWeight } from './stored-model.ts';

export type { TensorValues, WeightFile } from './stored-tensor.ts';
export type { TensorSource } from './tensor-source.ts';
export {
  type GgufEntry,
  type GgufMetadata,
  type GgufTensor,
  type GgufType,
  writeGguf,
} from './write-gguf.ts';
export { type WriteOptions, writeSafetensors } from './write-safetensors.ts';
