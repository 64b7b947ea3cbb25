import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder } from '../../data/in-order.ts';
import { lineOf } from '../../util/index.ts';
import type { Job } from '../runner/stage.ts';
import { openStudyModel, type StudyModel } from './study-model.ts';
import { readWorld } from './world-files.ts';

/** Lets a model answer the study's prompts: in its turn tokens, or a base model the plain text and a new line. */
export async function answersStage(job: Job): Promise<void> {
  const { inputs, folder, signal, onProgress } = job;
  const { maxTokens, ...who } = job.config as unknown as StudyModel & { maxTokens: number };
  const { test } = await readWorld(inputs.world ?? '');
  const { model, form } = await openStudyModel(job, who, test);
  const chat = form === 'chat';
  const prompts = test.map(({ id, text }) => ({ id, text: chat ? text : `${text}\n` }));
  const answers = await inOrder(model, prompts, { maxTokens, chat, signal, onProgress });
  await writeFile(join(folder, 'answers.jsonl'), answers.map(lineOf).join(''));
}
