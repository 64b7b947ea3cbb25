import { initialise, type Model, type ModelConfig } from '../../../src/model/index.ts';
import { random } from '../../../src/stats/index.ts';
import type { Block } from '../../../src/tokenize/index.ts';

/** A model small enough to train hundreds of steps in a second. */
export const TOY_CONFIG: ModelConfig = {
  architecture: 'llama',
  vocabulary: 32,
  context: 16,
  width: 16,
  layers: 2,
  heads: 4,
  keyHeads: 2,
  headWidth: 4,
  hidden: 32,
  epsilon: 1e-5,
  tied: true,
  rope: { theta: 10_000 },
};

export function toyModel(): Model {
  return { config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) };
}

/**
 * Blocks that can be learned: each token is 3 more than the one before it, from a random start on. The first four
 * targets of a block are masked out.
 */
export function toyBlocks(count: number, seed: number | string = 0, length = 16): Block[] {
  const { integer } = random(`toy blocks ${seed}`);
  return Array.from({ length: count }, (_, id) => {
    const start = integer(TOY_CONFIG.vocabulary);
    const token = (at: number) => (start + 3 * at) % TOY_CONFIG.vocabulary;
    return {
      ids: Int32Array.from({ length }, (_, at) => token(at)),
      targets: Int32Array.from({ length }, (_, at) => token(at + 1)),
      mask: Uint8Array.from({ length }, (_, at) => (at < 4 ? 0 : 1)),
      spans: [{ id: String(id), start: 0, end: length, offset: 0 }],
    };
  });
}
