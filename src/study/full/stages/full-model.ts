import { join } from 'node:path';
import type { LanguageModel } from '../../../chat/index.ts';
import { resolveBackend } from '../../../compute/index.ts';
import type { PromptFormat } from '../../../evaluate/index.ts';
import { localModel, type ModelOptions, openModel } from '../../../generate/index.ts';
import type { Job } from '../../../jobs/index.ts';
import type { StudyRow } from '../../../schema.ts';
import { readLearned } from './finetune-stage.ts';

/** Which model of a study: what its rows say of it. */
export type Who = Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'>;

/** Where a run's model is, if no run before it trained one. */
interface ModelConfig extends Who {
  checkpoint?: { path: string };
  source?: ModelOptions;
  concurrency?: number;
}

/** A model of a full study, and how it is spoken to. */
export interface OpenedFullModel {
  model: LanguageModel;
  promptFormat: PromptFormat;
  close(): Promise<void>;
}

/** Opens the model of a run: one that was trained, a checkpoint as it is, or the teacher. */
export async function openFullModel({
  config,
  inputs,
}: Pick<Job, 'config' | 'inputs'>): Promise<OpenedFullModel> {
  const { model: name, checkpoint, source, concurrency } = config as unknown as ModelConfig;
  if (source !== undefined) return { ...(await openModel(source)), promptFormat: 'chat' };
  const [path, promptFormat] =
    inputs.model === undefined
      ? [checkpoint?.path ?? '', 'raw' as const]
      : [join(inputs.model, 'model'), 'chat' as const];
  await resolveBackend();
  const model = await localModel(path, { name, concurrency });
  return { model, promptFormat, close: async () => model.dispose() };
}

/** What the rows of a run say of its model; of one that learned a whole set, as many tokens as that has. */
export async function whoOf({ config, inputs }: Pick<Job, 'config' | 'inputs'>): Promise<Who> {
  const { model, size, budget, seed } = config as unknown as Who;
  const learned = inputs.model === undefined ? null : (await readLearned(inputs.model)).tokens;
  return { model, size, budget: budget ?? learned, seed };
}
