import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  forward,
  type Gpt2Config,
  growVocabulary,
  initialise,
  type LlamaConfig,
} from '../../../src/model/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

const common = {
  vocabSize: 5,
  maxPositions: 4,
  hiddenSize: 8,
  layers: 1,
  heads: 2,
  intermediateSize: 8,
  normEpsilon: 1e-5,
};
const CONFIGS: (Gpt2Config | LlamaConfig)[] = [
  { architecture: 'gpt2', ...common, tieWordEmbeddings: true },
  {
    architecture: 'llama',
    ...common,
    tieWordEmbeddings: false,
    kvHeads: 1,
    headDim: 4,
    rope: { theta: 1e4 },
  },
];

describe.each(CONFIGS)('a grown $architecture', config => {
  onBackend('cpu');
  expectTensorsFreed();

  test('predicts what it did of the old tokens, and reads the new ones, which differ', () => {
    const model = { config, weights: initialise(config, 1) };
    const grown = growVocabulary(model, 7, 2);
    tf.tidy(() => {
      const ids = tf.tensor2d([[0, 4, 2]], undefined, 'int32');
      const before = forward(config, model.weights, ids);
      const after = forward(grown.config, grown.weights, ids);
      expect(after.shape).toEqual([1, 3, 7]);
      expect(tf.max(tf.abs(tf.sub(tf.slice(after, [0, 0, 0], [1, 3, 5]), before))).arraySync()).toBe(0);
      const fresh = forward(grown.config, grown.weights, tf.tensor2d([[5], [6]], undefined, 'int32'));
      const [five, six] = tf.unstack(fresh) as [tf.Tensor, tf.Tensor];
      expect(tf.max(tf.abs(tf.sub(five, six))).arraySync()).toBeGreaterThan(1e-4);
    });
    tf.dispose([model.weights, grown.weights]);
  });

  test('is refused a smaller vocabulary', () => {
    const model = { config, weights: initialise(config, 1) };
    expect(() => growVocabulary(model, 4, 0)).toThrow(
      'Cannot grow the vocabulary: at least 5 tokens are required, found 4',
    );
    tf.dispose(model.weights);
  });
});
