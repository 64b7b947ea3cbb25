import type { LanguageModel } from '../../chat/index.ts';
import type { PromptFormat } from '../../evaluate/index.ts';
import type { RunResult } from '../../jobs/index.ts';
import { anything, literal, nullable, number, object, optional, record, string } from '../../runs/index.ts';
import { type Instruction, teacher } from '../../world/index.ts';
import type { StudyModel } from '../config/checkpoint-study.ts';
import { modelFolder } from './model-files.ts';
import type { Who } from './who.ts';

/** A base model from outside the study. */
export interface Checkpoint {
  name: string;
  path: string;
  /** Identity of its files; null where some are missing. */
  fingerprint: string | null;
}

/** A model from outside the study; without either, the model is one that a run trained or a world's teacher. */
export interface OutsideModel {
  checkpoint?: Checkpoint;
  /** A model's folder, a file of recorded answers or a server. */
  source?: StudyModel;
  /** Prompts answered side by side. */
  concurrency?: number;
}

export const CHECKPOINT = object<Checkpoint>({
  name: string,
  path: string,
  fingerprint: nullable(string),
});

/** Guards of the fields of {@link StudyModel}. */
export const MODEL_OPTIONS = {
  model: string,
  engine: optional(literal('llama.cpp', 'own')),
  adapter: optional(string),
  modelName: optional(string),
  apiKeyEnv: optional(string),
  concurrency: optional(number),
  maxTotalTokens: optional(number),
  timeout: optional(number),
  cache: optional(string),
  extra: optional(record(anything)),
  headers: optional(record(string)),
  fingerprint: optional(nullable(string)),
} as const;

/** Guards of the fields of {@link OutsideModel}. */
export const OUTSIDE_MODEL = {
  checkpoint: optional(CHECKPOINT),
  source: optional(object<StudyModel>(MODEL_OPTIONS)),
  concurrency: optional(number),
} as const;

/** Prompts answered side by side by models of a world, which are so small that all go together. */
const CONCURRENCY = 512;

interface OpeningStudyModel {
  trained: RunResult | undefined;
  scratch: string;
  instructions?: readonly Instruction[];
}

/** A model of a study, and the format of its prompts. */
export interface OpenedModel {
  model: LanguageModel;
  promptFormat: PromptFormat;
  /** Frees its memory. */
  close(): Promise<void>;
}

/**
 * Opens the model of a run: one that a run trained, a checkpoint or another model from outside, or a world's teacher,
 * who knows the answers to instructions. A base model continues plain text; the others chat.
 *
 * @param trained the run that trained it.
 * @param scratch folder that keeps the calls of a server which were answered.
 * @param instructions those that a world's teacher is asked.
 * @throws {Error} if the model is none of these.
 */
export async function openStudyModel(
  { model: name, checkpoint, source, concurrency = CONCURRENCY }: Who & OutsideModel,
  { trained, scratch, instructions }: OpeningStudyModel,
): Promise<OpenedModel> {
  const promptFormat = name === 'base' ? 'raw' : 'chat';
  if (source !== undefined) {
    const { openModel } = await import('../../generate/index.ts');
    return { ...(await openModel(source, { folder: scratch })), promptFormat };
  }
  const path = trained === undefined ? checkpoint?.path : modelFolder(trained);
  if (path !== undefined) {
    const { localModel } = await import('../../generate/index.ts');
    const model = await localModel(path, { name, concurrency });
    return { model, promptFormat, close: async () => model.dispose() };
  }
  if (instructions === undefined)
    throw new Error(`Cannot open the model ${name}: a trained model, a checkpoint or a source is required`);
  const sample = name === 'teacher' ? 0 : 1;
  return { model: teacher(instructions, sample), promptFormat, close: async () => {} };
}
