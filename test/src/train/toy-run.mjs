/**
 * A model and data small enough to train hundreds of steps in a second, in tests and in the processes that they
 * start.
 */

/** @type {import('../../../src/model/index.ts').LlamaConfig} */
export const TOY_CONFIG = {
  architecture: 'llama',
  vocabSize: 32,
  maxPositions: 16,
  hiddenSize: 16,
  layers: 1,
  heads: 4,
  kvHeads: 2,
  headDim: 4,
  intermediateSize: 32,
  normEpsilon: 1e-5,
  tieWordEmbeddings: true,
  rope: { theta: 10_000 },
};

/**
 * Blocks that can be learned: each token is 3 more than the one before it. The first four targets of a block are
 * masked out.
 *
 * @param {number} count
 * @param {number} first where the first block starts; each further one starts 7 later.
 * @param {number} length
 * @returns {import('../../../src/tokenize/index.ts').Block[]}
 */
export function toyBlocks(count, first = 0, length = 16) {
  return Array.from({ length: count }, (_, id) => {
    const token = (/** @type {number} */ at) => (first + 7 * id + 3 * at) % TOY_CONFIG.vocabSize;
    return {
      ids: Int32Array.from({ length }, (_, at) => token(at)),
      targets: Int32Array.from({ length }, (_, at) => token(at + 1)),
      lossMask: Uint8Array.from({ length }, (_, at) => (at < 4 ? 0 : 1)),
      spans: [{ id: String(id), start: 0, end: length, offset: 0 }],
    };
  });
}
