import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder } from '../../../data/index.ts';
import { lineOf } from '../../../files/index.ts';
import type { ModelOptions } from '../../../generate/index.ts';
import type { Job } from '../../../jobs/index.ts';
import { parseJsonl } from '../../../readers/index.ts';
import type { StudyAnswer } from '../../../schema.ts';
import { confidences } from '../../measure/index.ts';
import { openFullModel, whoOf } from './full-model.ts';
import { readPrompts } from './prompts-stage.ts';

/**
 * Lets a model answer the prompts, in its role tokens, or a base model the plain text and a new line. Whether a
 * sentence is true is not known here: none is labelled.
 */
export async function answersStage(job: Job): Promise<void> {
  const { inputs, folder, signal, onProgress } = job;
  const { maxTokens, source } = job.config as unknown as { maxTokens: number; source?: ModelOptions };
  const who = await whoOf(job);
  const prompts = await readPrompts(inputs.prompts ?? '');
  const { model, promptFormat, close } = await openFullModel(job);
  try {
    const chat = promptFormat === 'chat';
    const asked = prompts.map(({ id, text }) => ({ id, text: chat ? text : `${text}\n` }));
    const given = await inOrder(model, asked, { maxTokens, chat, signal, onProgress });
    const texts = new Map(given.map(({ promptId, text }) => [promptId, text]));
    const written = asked.map(({ id, text }) => ({ id, prompt: text, text: texts.get(id) ?? null }));
    // The teacher is another's: a server that would be paid for it, or a record that cannot tell.
    const sure =
      source === undefined ? await confidences(model, written, promptFormat, { signal }) : undefined;
    const byId = new Map(prompts.map(prompt => [prompt.id, prompt]));
    const answers = given.map((generation): StudyAnswer => {
      const { text: prompt = '', category = '' } = byId.get(generation.promptId) ?? {};
      const confidence = sure?.get(generation.promptId) ?? null;
      return {
        ...{ ...generation, prompt, category, facts: [] },
        ...{ ...who, labels: [], confidence, evidence: 'live' },
      };
    });
    requireAnswers(model.name, answers);
    await writeFile(join(folder, 'answers.jsonl'), answers.map(lineOf).join(''));
  } finally {
    await close();
  }
}

/** @throws {Error} if every call failed: nothing could be measured, and another try may do. */
function requireAnswers(name: string, answers: readonly StudyAnswer[]): void {
  if (answers.some(({ text }) => text !== null)) return;
  throw new Error(
    `Cannot go on without answers: ${name} gave none, ${answers[0]?.error ?? 'being asked nothing'}`,
  );
}

/** The answers of a run. */
export async function readAnswersOf(folder: string): Promise<StudyAnswer[]> {
  const text = await readFile(join(folder, 'answers.jsonl'), 'utf8');
  return parseJsonl(text, 'answers.jsonl').map(({ value }) => value as unknown as StudyAnswer);
}
