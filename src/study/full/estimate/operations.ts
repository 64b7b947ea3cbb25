import type { ModelConfig } from '../../../model/index.ts';
import { headWidths, weightCounts } from './weight-counts.ts';

/**
 * Floating-point operations of reading tokens in sequences of one length: two for each weight of the linear maps and
 * of the output matrix, and in attention four for each width of the queries and each position, those that a mask
 * hides among them, since they are computed.
 */
export function readingOperations(
  config: ModelConfig,
  { tokens, sequenceLength, logits = true }: { tokens: number; sequenceLength: number; logits?: boolean },
): number {
  const { maps } = weightCounts(config);
  const output = logits ? config.vocabSize * config.hiddenSize : 0;
  return tokens * (2 * (maps + output) + config.layers * 4 * sequenceLength * headWidths(config).queries);
}

/**
 * Floating-point operations of training on tokens: reading them, and twice as many for the gradients of what was
 * read and of the weights. With adapters the latter fall away, and with gradient checkpointing the blocks are read again.
 *
 * @see Kaplan et al. 2020, Scaling Laws for Neural Language Models, §2.1
 */
export function trainingOperations(
  config: ModelConfig,
  {
    tokens,
    sequenceLength,
    gradientCheckpointing,
    lora,
  }: { tokens: number; sequenceLength: number; gradientCheckpointing: boolean; lora: boolean },
): number {
  const once = readingOperations(config, { tokens, sequenceLength });
  const again = gradientCheckpointing
    ? readingOperations(config, { tokens, sequenceLength, logits: false })
    : 0;
  return (lora ? 2 : 3) * once + again;
}
