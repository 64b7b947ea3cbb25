import type { TrainConfig, TrainOptions } from '../commands/train.ts';

/** Returns the part of a config that is options of `finetune`, without files, data, samples and the backend. */
export function trainingOptions(config: TrainConfig): TrainOptions {
  const { model, init, tokenizer, data, evalData, out, format, run, backend, ...more } = config;
  const { sequenceLength, packing, crossAttention, ...rest } = more;
  const { samplePrompts, sampleCount, sampleMaxTokens, sampleTemperature, ...options } = rest;
  return options;
}
