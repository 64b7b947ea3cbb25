import type { ModelSizes } from '../../model/index.ts';

/**
 * Counts the floating-point operations of reading tokens in sequences of one length: two for each weight of the linear maps and
 * of the output matrix, and in attention four for each width of the queries and each position, those that a mask
 * hides among them, since they are computed.
 */
export function readingOperations(
  model: ModelSizes,
  { tokens, sequenceLength, logits = true }: { tokens: number; sequenceLength: number; logits?: boolean },
): number {
  const { weights, vocabSize, hiddenSize, layers, queryWidth } = model;
  const output = logits ? vocabSize * hiddenSize : 0;
  return tokens * (2 * (weights.maps + output) + layers * 4 * sequenceLength * queryWidth);
}

/**
 * Counts the floating-point operations of training on tokens: reading them, and twice as many for the gradients of what was
 * read and of the weights. With adapters the latter fall away, and with gradient checkpointing the blocks are read again.
 *
 * @see Kaplan et al. 2020, Scaling Laws for Neural Language Models, §2.1
 */
export function trainingOperations(
  model: ModelSizes,
  {
    tokens,
    sequenceLength,
    gradientCheckpointing,
    lora,
  }: { tokens: number; sequenceLength: number; gradientCheckpointing: boolean; lora: boolean },
): number {
  const once = readingOperations(model, { tokens, sequenceLength });
  const again = gradientCheckpointing
    ? readingOperations(model, { tokens, sequenceLength, logits: false })
    : 0;
  return (lora ? 2 : 3) * once + again;
}
