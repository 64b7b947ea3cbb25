import type { ModelConfig } from '../../../model/index.ts';
import { headWidths, weightCounts } from './weight-counts.ts';

/**
 * Floating-point operations of reading tokens in sequences of one length: two for each weight of the linear maps and
 * of the output matrix, and in attention four for each width of the queries and each position, those that a mask
 * hides among them, since they are computed.
 */
export function readingOperations(
  config: ModelConfig,
  { tokens, length, logits = true }: { tokens: number; length: number; logits?: boolean },
): number {
  const { maps } = weightCounts(config);
  const output = logits ? config.vocabSize * config.hiddenSize : 0;
  return tokens * (2 * (maps + output) + config.layers * 4 * length * headWidths(config).queries);
}

/**
 * Floating-point operations of training on tokens: reading them, and twice as many for the gradients of what was
 * read and of the weights. With adapters the latter fall away, and with checkpointing the blocks are read again.
 *
 * @see Kaplan et al. 2020, Scaling Laws for Neural Language Models, §2.1
 */
export function trainingOperations(
  config: ModelConfig,
  {
    tokens,
    length,
    checkpointing,
    lora,
  }: { tokens: number; length: number; checkpointing: boolean; lora: boolean },
): number {
  const once = readingOperations(config, { tokens, length });
  const again = checkpointing ? readingOperations(config, { tokens, length, logits: false }) : 0;
  return (lora ? 2 : 3) * once + again;
}
