import { type InitConfig, initConfig, type ModelConfig } from '../../../src/model/index.ts';

/** What both sides train, in float32 on random tokens. */
export interface Case {
  name: string;
  /** Of a model that is trained from scratch; without, SmolLM2-135M gets adapters, which alone are trained. */
  config?: ModelConfig;
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
  const init = { architecture: 'gpt2', hiddenSize, layers, heads, maxPositions, tieWordEmbeddings: true };
  return { name: `GPT-2 ${name}`, config: initConfig(init, vocabSize), length: maxPositions, batch };
}

/** Shapes with half as many key heads as query heads. */
function grouped(name: string, init: InitConfig, vocabSize: number, batch: number): Shape {
  const config = initConfig({ kvHeads: init.heads / 2, ...init }, vocabSize);
  return { name, config, length: init.maxPositions, batch };
}

const SMALL = gpt2('0.9M', [512, 128, 4, 4, 128], 16);
const MIDDLE = gpt2('4.3M', [4096, 256, 4, 4, 256], 8);
const LARGE = gpt2('23M', [8192, 512, 6, 8, 256], 4);
const LLAMA = grouped(
  'LLaMA 4.0M',
  { architecture: 'llama', hiddenSize: 256, layers: 4, heads: 4, maxPositions: 256, intermediateSize: 704 },
  4096,
  8,
);
// Its heads are wider than usual, and its vocabulary is large, as those of Qwen3-0.6B are.
const QWEN3 = grouped(
  'Qwen3 8.1M',
  {
    ...{ architecture: 'qwen3', hiddenSize: 256, layers: 4, heads: 4, headDim: 128, maxPositions: 256 },
    ...{ intermediateSize: 768, tieWordEmbeddings: true },
  },
  16_384,
  4,
);
const GPT2 = gpt2('124M', [50304, 768, 12, 12, 1024], 8);
const GPT2_XL = gpt2('1.5B', [50304, 1600, 48, 25, 1024], 1);
const SMOLLM2 = { name: `SmolLM2-135M, LoRA of rank ${RANK}`, length: 256, batch: 2 };

/** A turn takes about a second on two cores. */
export const ON_CPU: readonly Case[] = [
  { ...SMALL, matmul: 'float32', steps: 12 },
  { ...MIDDLE, matmul: 'float32', steps: 4 },
  { ...LARGE, matmul: 'float32', steps: 2 },
  { ...LLAMA, matmul: 'float32', steps: 4 },
  { ...QWEN3, matmul: 'float32', steps: 4 },
  { ...SMOLLM2, matmul: 'float32', steps: 1 },
];

export const ON_GPU: readonly Case[] = (['float32', 'bfloat16'] as const).flatMap(matmul => [
  ...[SMALL, MIDDLE, LARGE, LLAMA, QWEN3, SMOLLM2].map(shape => ({ ...shape, matmul, steps: 100 })),
  { ...GPT2, matmul, steps: 10 },
  { ...GPT2_XL, matmul, steps: 3 },
]);
