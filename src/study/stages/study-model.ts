import type { LanguageModel } from '../../chat/index.ts';
import { resolveBackend } from '../../compute/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { StudyRow } from '../../schema.ts';
import { type Instruction, teacher } from '../../world/index.ts';
import { openTrained } from './model-files.ts';

/** Which model of a study: what its rows say of it. */
export type StudyModel = Pick<StudyRow, 'model' | 'size' | 'budget' | 'seed'>;

/** Prompts answered side by side. */
const PARALLEL = 32;

/** A model of a study, and how it is spoken to. */
export interface OpenedModel {
  model: LanguageModel;
  promptFormat: 'raw' | 'chat';
}

/**
 * Opens the model of a run: one that was trained, or the teacher, who knows what it says to instructions.
 *
 * @param said what the teacher is asked.
 */
export async function openStudyModel(
  { inputs }: Pick<Job, 'inputs'>,
  { model: name }: StudyModel,
  said: readonly Instruction[],
): Promise<OpenedModel> {
  if (inputs.model === undefined)
    return { model: teacher(said, name === 'teacher' ? 0 : 1), promptFormat: 'chat' };
  await resolveBackend();
  return {
    model: await openTrained(inputs.model, name, PARALLEL),
    promptFormat: name === 'base' ? 'raw' : 'chat',
  };
}
