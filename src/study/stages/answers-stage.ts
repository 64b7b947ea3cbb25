import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder } from '../../data/index.ts';
import { lineOf } from '../../files/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { StudyAnswer } from '../../schema.ts';
import { factLookup, truthLabels } from '../../world/index.ts';
import { confidences } from '../measure/index.ts';
import { openStudyModel, type StudyModel } from './study-model.ts';
import { readWorld } from './world-files.ts';

/**
 * Lets a model answer the study's prompts, in its role tokens, or a base model the plain text and a new line, and
 * labels every sentence by what is true in the world. Beside each answer stands how sure the model is of it.
 */
export async function answersStage(job: Job): Promise<void> {
  const { inputs, folder, signal, onProgress } = job;
  const { maxTokens, ...who } = job.config as unknown as StudyModel & { maxTokens: number };
  const { world, test } = await readWorld(inputs.world ?? '');
  const { model, promptFormat } = await openStudyModel(job, who, test);
  const chat = promptFormat === 'chat';
  const prompts = test.map(({ id, text }) => ({ id, text: chat ? text : `${text}\n` }));
  const given = await inOrder(model, prompts, { maxTokens, chat, signal, onProgress });
  const texts = new Map(given.map(({ promptId, text }) => [promptId, text]));
  const written = prompts.map(({ id, text }) => ({ id, prompt: text, text: texts.get(id) ?? null }));
  const sure = await confidences(model, written, promptFormat, { signal });
  const label = truthLabels(world);
  const about = factLookup(world);
  const asked = new Map(test.map(instruction => [instruction.id, instruction]));
  const answers = given.map((generation): StudyAnswer => {
    const { promptId, text } = generation;
    const { text: prompt = '', category = '', facts = [] } = asked.get(promptId) ?? {};
    const labels = text === null ? [] : label({ promptId, model: who.model, text });
    return {
      ...{ promptId, prompt, category, facts: facts.map(about) },
      ...generation,
      ...who,
      labels: labels.map(({ start, end, label }) => ({ start, end, label })),
      confidence: sure.get(promptId) ?? null,
      evidence: 'live',
    };
  });
  await writeFile(join(folder, 'answers.jsonl'), answers.map(lineOf).join(''));
}
