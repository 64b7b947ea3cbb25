import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineStage, from } from '../../jobs/index.ts';
import { number, object } from '../../runs/index.ts';
import { type BaseShape, baseInit } from '../config/world-study.ts';
import { keepMetrics, modelFolder } from './model-files.ts';
import { worldStage } from './world.ts';
import { readCorpus, tokenizerFolder } from './world-files.ts';

interface PretrainConfig {
  shape: BaseShape;
  /** Tokens that the model reads at once. */
  maxPositions: number;
  epochs: number;
  batchSize: number;
  sequenceLength: number;
  seed: number;
}

/** Trains a base model on a world's corpus, from its first weights. */
export const pretrainStage = defineStage({
  name: 'pretrain',
  version: 1,
  config: object<PretrainConfig>({
    shape: object<BaseShape>({ hiddenSize: number, layers: number, heads: number, learningRate: number }),
    maxPositions: number,
    epochs: number,
    batchSize: number,
    sequenceLength: number,
    seed: number,
  }),
  inputs: { world: from(worldStage) },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { resolveBackend } = await import('../../compute/index.ts');
    const { loadVocabulary } = await import('../../generate/index.ts');
    const { initConfig, saveModel } = await import('../../model/index.ts');
    const { pretrain } = await import('../../train/index.ts');
    const { shape, maxPositions, ...options } = config;
    await resolveBackend();
    const tokenizer = tokenizerFolder(inputs.world.folder);
    const { vocabSize } = (await loadVocabulary(tokenizer)).tokenizer;
    const training = join(scratch, 'training');
    const { model } = await pretrain(
      initConfig(baseInit(shape, maxPositions), vocabSize),
      await readCorpus(inputs.world.folder),
      {
        ...options,
        learningRate: shape.learningRate,
        schedule: 'cosine',
        // As in the studies that are recorded.
        weightDecayFor: 'all',
        keep: 1,
        folder: training,
        signal,
        onProgress,
      },
    );
    try {
      const place = modelFolder({ folder });
      await saveModel(place, model);
      for (const name of await readdir(tokenizer)) await copyFile(join(tokenizer, name), join(place, name));
      await keepMetrics(training, folder);
    } finally {
      for (const weight of Object.values(model.weights)) weight.dispose();
    }
  },
});
