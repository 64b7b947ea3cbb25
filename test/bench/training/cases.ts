import type { Gpt2Config } from '../../../src/model/index.ts';

/** What both sides train: a GPT-2 from scratch, all of its weights, in float32, on random tokens. */
export interface Case {
  name: string;
  config: Gpt2Config;
  /** Sequences of a batch, each as long as the model's context. */
  batch: number;
  /** What matrices are multiplied in; on a GPU float32 means TF32. */
  matmul: 'float32' | 'bfloat16';
  /** Steps that a side takes before it is the other's turn. */
  steps: number;
}

function gpt2(vocabulary: number, width: number, layers: number, heads: number, context: number): Gpt2Config {
  const sizes = { vocabulary, width, layers, heads, context, hidden: 4 * width };
  return { architecture: 'gpt2', ...sizes, epsilon: 1e-5, tied: true };
}

const SMALL = { name: 'GPT-2 0.9M', config: gpt2(512, 128, 4, 4, 128), batch: 16 };
const MIDDLE = { name: 'GPT-2 4.3M', config: gpt2(4096, 256, 4, 4, 256), batch: 8 };
const LARGE = { name: 'GPT-2 23M', config: gpt2(8192, 512, 6, 8, 256), batch: 4 };
const GPT2 = { name: 'GPT-2 124M', config: gpt2(50304, 768, 12, 12, 1024), batch: 8 };
const GPT2_XL = { name: 'GPT-2 1.5B', config: gpt2(50304, 1600, 48, 25, 1024), batch: 1 };

/** A turn takes about a second on two cores. */
export const ON_CPU: readonly Case[] = [
  { ...SMALL, matmul: 'float32', steps: 12 },
  { ...MIDDLE, matmul: 'float32', steps: 4 },
  { ...LARGE, matmul: 'float32', steps: 2 },
];

export const ON_GPU: readonly Case[] = (['float32', 'bfloat16'] as const).flatMap(matmul => [
  ...[SMALL, MIDDLE, LARGE].map(shape => ({ ...shape, matmul, steps: 100 })),
  { ...GPT2, matmul, steps: 10 },
  { ...GPT2_XL, matmul, steps: 3 },
]);
