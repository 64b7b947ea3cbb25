import type { Gpt2Config, LlamaConfig, ModelConfig } from '../../model/index.ts';

/** Shapes of the paper's base models, so that a study of them can be planned before they are at hand. §4.1 */
export const PAPER_SHAPES = {
  'gpt2-xl': gpt2({ width: 1600, layers: 48, heads: 25 }),
  'llama-7b': llama({ width: 4096, layers: 32, heads: 32, hidden: 11_008 }),
  'llama-13b': llama({ width: 5120, layers: 40, heads: 40, hidden: 13_824 }),
} as const satisfies Readonly<Record<string, ModelConfig>>;

/** Name of one of {@link PAPER_SHAPES}. */
export type PaperShape = keyof typeof PAPER_SHAPES;

/** @see Radford et al. 2019, Table 2 */
function gpt2(shape: Pick<Gpt2Config, 'width' | 'layers' | 'heads'>): Gpt2Config {
  const rest = { vocabulary: 50_257, context: 1024, epsilon: 1e-5, tied: true };
  return { architecture: 'gpt2', ...shape, hidden: 4 * shape.width, ...rest };
}

/** @see Touvron et al. 2023, LLaMA, Table 2 */
function llama(shape: Pick<LlamaConfig, 'width' | 'layers' | 'heads' | 'hidden'>): LlamaConfig {
  const { width, heads } = shape;
  const rest = { vocabulary: 32_000, context: 2048, epsilon: 1e-6, tied: false, rope: { theta: 10_000 } };
  return { architecture: 'llama', ...shape, keyHeads: heads, headWidth: width / heads, ...rest };
}
