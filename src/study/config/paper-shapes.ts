import type { Gpt2Config, LlamaConfig, ModelConfig } from '../../model/index.ts';

/** Shapes of the paper's base models, by which a study can be planned before they are available. §4.1 */
export const PAPER_SHAPES = {
  'gpt2-xl': gpt2({ hiddenSize: 1600, layers: 48, heads: 25 }),
  'llama-7b': llama({ hiddenSize: 4096, layers: 32, heads: 32, intermediateSize: 11_008 }),
  'llama-13b': llama({ hiddenSize: 5120, layers: 40, heads: 40, intermediateSize: 13_824 }),
} as const satisfies Readonly<Record<string, ModelConfig>>;

/** Name of one of {@link PAPER_SHAPES}. */
export type PaperShape = keyof typeof PAPER_SHAPES;

/** @see Radford et al. 2019, Table 2 */
function gpt2(shape: Pick<Gpt2Config, 'hiddenSize' | 'layers' | 'heads'>): Gpt2Config {
  const rest = { vocabSize: 50_257, maxPositions: 1024, normEpsilon: 1e-5, tieWordEmbeddings: true };
  return { architecture: 'gpt2', ...shape, intermediateSize: 4 * shape.hiddenSize, ...rest };
}

/** @see Touvron et al. 2023, LLaMA, Table 2 */
function llama(
  shape: Pick<LlamaConfig, 'hiddenSize' | 'layers' | 'heads' | 'intermediateSize'>,
): LlamaConfig {
  const { hiddenSize, heads } = shape;
  const rest = {
    vocabSize: 32_000,
    maxPositions: 2048,
    normEpsilon: 1e-6,
    tieWordEmbeddings: false,
    rope: { theta: 10_000 },
  };
  return { architecture: 'llama', ...shape, kvHeads: heads, headDim: hiddenSize / heads, ...rest };
}
