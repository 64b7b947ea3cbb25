import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Generation } from '../../schema.ts';
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
  const answers = new Map<string, Generation>();
  for await (const answer of model.generate(prompts, { maxTokens, chat, signal, onProgress }))
    answers.set(answer.promptId, answer);
  const ordered = prompts.flatMap(({ id }) => answers.get(id) ?? []);
  await writeFile(join(folder, 'answers.jsonl'), ordered.map(lineOf).join(''));
}
