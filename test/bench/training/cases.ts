import type { Gpt2Config } from '../../../src/model/index.ts';

/** What both sides train, in float32 on random tokens. */
export interface Case {
  name: string;
  /** Of a GPT-2 that is trained from scratch; without, SmolLM2-135M gets adapters, which alone are trained. */
  config?: Gpt2Config;
  /** Tokens of a sequence, and sequences of a batch. */
  length: number;
  batch: number;
  /** What matrices are multiplied in; on a GPU float32 means TF32. */
  matmul: 'float32' | 'bfloat16';
  /** Steps that a side takes before it is the other's turn. */
  steps: number;
}

/** Of adapters, on all linear maps of the blocks. */
export const RANK = 8;

type Shape = Omit<Case, 'matmul' | 'steps'>;

function gpt2(name: string, sizes: readonly [number, number, number, number, number], batch: number): Shape {
  const [vocabSize, hiddenSize, layers, heads, maxPositions] = sizes;
  const config: Gpt2Config = {
    architecture: 'gpt2',
    vocabSize,
    maxPositions,
    hiddenSize,
    layers,
    heads,
    intermediateSize: 4 * hiddenSize,
    normEpsilon: 1e-5,
    tieWordEmbeddings: true,
  };
  return { name: `GPT-2 ${name}`, config, length: maxPositions, batch };
}

const SMALL = gpt2('0.9M', [512, 128, 4, 4, 128], 16);
const MIDDLE = gpt2('4.3M', [4096, 256, 4, 4, 256], 8);
const LARGE = gpt2('23M', [8192, 512, 6, 8, 256], 4);
const GPT2 = gpt2('124M', [50304, 768, 12, 12, 1024], 8);
const GPT2_XL = gpt2('1.5B', [50304, 1600, 48, 25, 1024], 1);
const SMOLLM2 = { name: `SmolLM2-135M, LoRA of rank ${RANK}`, length: 256, batch: 2 };

/** A turn takes about a second on two cores. */
export const ON_CPU: readonly Case[] = [
  { ...SMALL, matmul: 'float32', steps: 12 },
  { ...MIDDLE, matmul: 'float32', steps: 4 },
  { ...LARGE, matmul: 'float32', steps: 2 },
  { ...SMOLLM2, matmul: 'float32', steps: 1 },
];

export const ON_GPU: readonly Case[] = (['float32', 'bfloat16'] as const).flatMap(matmul => [
  ...[SMALL, MIDDLE, LARGE, SMOLLM2].map(shape => ({ ...shape, matmul, steps: 100 })),
  { ...GPT2, matmul, steps: 10 },
  { ...GPT2_XL, matmul, steps: 3 },
]);
