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
  context: number;
  epochs: number;
  batch: number;
  length: number;
  seed: number;
}

/** Trains a base model on a world's corpus, from its first weights. */
export async function pretrainStage(job: Job): Promise<void> {
  const { inputs, scratch, signal, onProgress } = job;
  const { shape, context, ...training } = job.config as unknown as PretrainConfig;
  await resolveBackend();
  const world = inputs.world ?? '';
  const { tokenizer } = await readVocabulary(tokenizerFolder(world));
  const folder = join(scratch, 'training');
  const { model } = await pretrain(llamaOf(shape, context, tokenizer.vocabSize), await readCorpus(world), {
    ...training,
    rate: shape.rate,
    decay: 'cosine',
    keep: 1,
    folder,
    signal,
    onProgress,
  });
  await saveTrained(job, model, folder);
}

/** LLaMA's architecture in a shape of the ladder. */
export function llamaOf(
  { width, layers, heads }: BaseShape,
  context: number,
  vocabulary: number,
): LlamaConfig {
  return {
    ...{ architecture: 'llama', vocabulary, context, width, layers, heads, keyHeads: heads },
    ...{ headWidth: width / heads, hidden: Math.ceil((8 * width) / 3), epsilon: 1e-5, tied: true },
    rope: { theta: 10_000 },
  };
}
