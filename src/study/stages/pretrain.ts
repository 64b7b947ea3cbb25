import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineStage, from } from '../../jobs/index.ts';
import { number, object } from '../../runs/index.ts';
import { ROLE_TOKENS, type Tokenizer } from '../../tokenize/index.ts';
import { END_OF_TEXT } from '../../world/index.ts';
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

/** Trains a base model on a world's corpus, from its first weights. Its role tokens start as what they are most like. */
export const pretrainStage = defineStage({
  name: 'pretrain',
  version: 2,
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
    const { initConfig, saveModel, startTokens } = await import('../../model/index.ts');
    const { pretrain } = await import('../../train/index.ts');
    const { shape, maxPositions, ...options } = config;
    await resolveBackend();
    const tokenizer = tokenizerFolder(inputs.world.folder);
    const vocabulary = (await loadVocabulary(tokenizer)).tokenizer;
    const training = join(scratch, 'training');
    const { model } = await pretrain(
      initConfig(baseInit(shape, maxPositions), vocabulary.vocabSize),
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
    const started = await startTokens(model, roleStarts(vocabulary), config.seed);
    try {
      const place = modelFolder({ folder });
      await saveModel(place, started);
      for (const name of await readdir(tokenizer)) await copyFile(join(tokenizer, name), join(place, name));
      await keepMetrics(training, folder);
    } finally {
      for (const { weights } of [model, started])
        for (const weight of Object.values(weights)) weight.dispose();
    }
  },
});

/**
 * Returns the tokens that the role tokens start as, by their ids: the corpus has none. A turn begins like a document and an
 * answer like a line, and an answer ends like a document.
 *
 * @throws {Error} if the tokenizer lacks one of them.
 */
function roleStarts({ special, encode }: Tokenizer): Map<number, number> {
  const idOf = (token: string) => {
    const id = special[token];
    if (id === undefined) throw new Error(`Cannot start role tokens: ${token} is required, got none`);
    return id;
  };
  const [line] = encode('\n').slice(-1);
  if (line === undefined) throw new Error('Cannot start role tokens: a token of a new line is required');
  const end = idOf(END_OF_TEXT);
  return new Map([
    [idOf(ROLE_TOKENS.user), end],
    [idOf(ROLE_TOKENS.assistant), line],
    [idOf(ROLE_TOKENS.end), end],
  ]);
}
