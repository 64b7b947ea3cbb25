import { type ModelConfig, network, ropeVariant } from '../model/index.ts';
import type { Block } from '../tokenize/index.ts';

/**
 * Makes the padding of blocks a sequence of its own where the rotary embedding depends on how long a sequence is, or
 * else a short one in a long block would be embedded as if it filled the block.
 */
export function paddingApart(config: ModelConfig, blocks: readonly Block[]): readonly Block[] {
  const length = blocks[0]?.ids.length ?? 0;
  if (ropeVariant(network(config), length) === 0) return blocks;
  return blocks.map(block => {
    const filled = block.spans.at(-1)?.end ?? length;
    if (block.positions || filled === length) return block;
    const positions = Int32Array.from({ length }, (_, i) => (i < filled ? i : i - filled));
    return { ...block, positions };
  });
}
