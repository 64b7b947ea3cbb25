import { join } from 'node:path';
import { resolveBackend } from '../../compute/index.ts';
import { readVocabulary } from '../../generate/read-vocabulary.ts';
import type { Job } from '../../jobs/index.ts';
import type { LlamaConfig } from '../../model/index.ts';
import { pretrain } from '../../train/index.ts';
import type { BaseShape } from '../plan/study-config.ts';
import { saveTrained } from './model-files.ts';
import { readCorpus, tokenizerFolder } from './world-files.ts';

interface PretrainConfig {
  shape: BaseShape;
  maxPositions: number;
  epochs: number;
  batchSize: number;
  sequenceLength: number;
  seed: number;
}

/** Trains a base model on a world's corpus, from its first weights. */
export async function pretrainStage(job: Job): Promise<void> {
  const { inputs, scratch, signal, onProgress } = job;
  const { shape, maxPositions, ...training } = job.config as unknown as PretrainConfig;
  await resolveBackend();
  const world = inputs.world ?? '';
  const { tokenizer } = await readVocabulary(tokenizerFolder(world));
  const folder = join(scratch, 'training');
  const { model } = await pretrain(
    llamaOf(shape, maxPositions, tokenizer.vocabSize),
    await readCorpus(world),
    {
      ...training,
      learningRate: shape.learningRate,
      schedule: 'cosine',
      keep: 1,
      folder,
      signal,
      onProgress,
    },
  );
  await saveTrained(job, model, folder);
}

/** LLaMA's architecture in a shape of the ladder. */
export function llamaOf(
  { hiddenSize, layers, heads }: BaseShape,
  maxPositions: number,
  vocabSize: number,
): LlamaConfig {
  return {
    architecture: 'llama',
    vocabSize,
    maxPositions,
    hiddenSize,
    layers,
    heads,
    kvHeads: heads,
    headDim: hiddenSize / heads,
    intermediateSize: Math.ceil((8 * hiddenSize) / 3),
    normEpsilon: 1e-5,
    tieWordEmbeddings: true,
    rope: { theta: 10_000 },
  };
}
