import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  fromHuggingFace,
  initConfig,
  initialise,
  type LlamaConfig,
  toHuggingFace,
} from '../../../src/model/index.ts';
import { gradients } from '../../../src/train/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

onBackend('cpu');
expectTensorsFreed();

const PAD = 2;
const shape = { architecture: 'llama', maxPositions: 8, hiddenSize: 8, layers: 1, heads: 2 };
const untied = initConfig({ ...shape, tieWordEmbeddings: false }, 6) as LlamaConfig;

/** Gradient of each row of the embedding, where the padding token is read, and predicted, as any other. */
async function embeddingGradients(config: LlamaConfig, gradientCheckpointing: boolean): Promise<number[][]> {
  const model = { config, weights: initialise(config, 3) };
  const batch = {
    ids: tf.tensor2d([[1, PAD, 4, PAD]], undefined, 'int32'),
    targets: tf.tensor2d([[PAD, 4, PAD, 5]], undefined, 'int32'),
    lossMask: tf.ones<tf.Rank.R2>([1, 4]),
  };
  const { loss, gradients: found } = gradients(model, batch, { gradientCheckpointing });
  const rows = (await found['model.embed_tokens.weight']?.array()) as number[][];
  tf.dispose([loss, found, batch, model.weights]);
  return rows;
}

test.each([false, true])(
  'the padding token learns nothing from where it is read (checkpointed: %s)',
  async is => {
    const plain = await embeddingGradients(untied, is);
    const padded = await embeddingGradients({ ...untied, padTokenId: PAD }, is);
    expect(plain[PAD]?.some(value => Math.abs(value) > 1e-6)).toBe(true);
    expect(padded).toEqual(plain.map((row, id) => (id === PAD ? row.map(() => 0) : row)));
  },
);

test('where one matrix is input and output, it learns from where it is predicted', async () => {
  const tied = { ...untied, tieWordEmbeddings: true };
  const [plain, padded] = [
    await embeddingGradients(tied, false),
    await embeddingGradients({ ...tied, padTokenId: PAD }, false),
  ];
  const differing = plain.flatMap((row, id) =>
    row.every((value, i) => value === padded[id]?.[i]) ? [] : [id],
  );
  expect(differing).toEqual([PAD]);
  expect(padded[PAD]?.some(value => Math.abs(value) > 1e-6)).toBe(true);
});

test('it is read from a config.json, from the end where it is negative, and written', () => {
  const json = toHuggingFace(untied);
  expect(fromHuggingFace({ ...json, pad_token_id: null }, 'config.json')).not.toHaveProperty('padTokenId');
  const read = fromHuggingFace({ ...json, pad_token_id: -1 }, 'config.json');
  expect(read).toMatchObject({ padTokenId: 5 });
  expect(toHuggingFace(read)).toMatchObject({ pad_token_id: 5 });
});
