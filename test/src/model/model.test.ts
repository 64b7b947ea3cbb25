import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  addLora,
  initialise,
  type LlamaConfig,
  type ModelConfig,
  mergeLora,
  modelOf,
} from '../../../src/model/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

onBackend('cpu');
expectTensorsFreed();

const shape = {
  vocabSize: 5,
  maxPositions: 4,
  hiddenSize: 8,
  layers: 1,
  heads: 2,
  intermediateSize: 8,
  normEpsilon: 1e-5,
};

test('a model says of what family, size and shape it is, and prints no tensor', () => {
  const config: ModelConfig = { architecture: 'gpt2', ...shape, tieWordEmbeddings: true };
  const model = modelOf(config, initialise(config, 1));
  // Embeddings 40 + 32, three norms of 16, attention 216 + 72, MLP 72 + 72.
  const shown = (memory: string) =>
    [
      'model       GPT-2',
      'parameters  552 in 16 tensors',
      'layers      1, 8 wide, with 8 in the MLP',
      'heads       2',
      'context     4 tokens',
      'vocabulary  5 tokens, in and out by one matrix',
      `memory      ${memory}`,
    ].join('\n');
  expect(inspect(model)).toBe(shown('0.00221 MB as float32, on cpu'));
  expect(inspect([{ model }], { depth: 9 })).not.toContain('dataId');
  tf.dispose(model.weights);
  expect(inspect(model)).toBe(shown('freed'));
});

test('adapters are counted beside the model’s own parameters, until they are merged into them', () => {
  const config: LlamaConfig = {
    architecture: 'llama',
    ...shape,
    tieWordEmbeddings: false,
    kvHeads: 1,
    headDim: 4,
    rope: { theta: 1e4 },
  };
  const model = modelOf(config, initialise(config, 1));
  const adapted = addLora(model, { rank: 2, alpha: 4 });
  const merged = mergeLora(adapted);
  // Two matrices of 40 for tokens, three norms of 8, five matrices of 64 and, for keys and values, two of 32.
  const own = 'parameters  488 in 12 tensors';
  expect(inspect(adapted).split('\n')).toEqual([
    'model       LLaMA',
    own,
    'layers      1, 8 wide, with 8 in the MLP',
    'heads       2, 1 of keys and values',
    'context     4 tokens',
    'vocabulary  5 tokens',
    // Five of 2 · (8 + 8), two of 2 · (8 + 4).
    'adapters    of rank 2 on 7 matrices, 208 parameters',
    'memory      0.00281 MB as float32, on cpu',
  ]);
  expect(inspect(merged)).toContain(own);
  expect(inspect(merged)).not.toContain('adapters');
  tf.dispose([adapted.weights, merged.weights]);
});
