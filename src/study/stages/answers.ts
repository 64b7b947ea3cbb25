import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder } from '../../data/index.ts';
import { lineOf } from '../../files/index.ts';
import { defineStage, from, optionalFrom, type RunResult } from '../../jobs/index.ts';
import { number, object } from '../../runs/index.ts';
import type { Prompt, StudyAnswer } from '../../schema.ts';
import { factLookup, type Instruction, truthLabels } from '../../world/index.ts';
import { confidences, exampleDialogues, followIn } from '../measure/index.ts';
import { ANSWER, parseLines, WHO } from '../study-lines.ts';
import { withDecisiveModels } from './decisive.ts';
import { finetuneStage } from './finetune.ts';
import { OUTSIDE_MODEL, type OutsideModel, openStudyModel } from './open-model.ts';
import { pretrainStage } from './pretrain.ts';
import { promptsStage, readPrompts } from './prompts.ts';
import { type Who, whoOf } from './who.ts';
import { worldStage } from './world.ts';
import { readWorld } from './world-files.ts';

interface AnswersConfig extends Who, OutsideModel {
  /** Most tokens of an answer. */
  maxTokens: number;
}

/** Prompts with what a world knows of them. */
interface AskedPrompts {
  prompts: readonly Pick<Prompt, 'id' | 'text' | 'category'>[];
  /** Plain text of example dialogues, before each prompt to a base model; empty where there are none. */
  examples: string;
  /** The instructions, where a world made the prompts. */
  instructions?: readonly Instruction[];
  factsOf(promptId: string): StudyAnswer['facts'];
  /** Returns what a world knows of an answer. */
  knownOf(answer: { promptId: string; text: string }): Pick<StudyAnswer, 'labels' | 'adherence'>;
}

/**
 * Lets a model answer the prompts, inside its role tokens, or a base model the plain text after example dialogues and
 * before a new line. Each answer is written with the model's confidence in it; and in a world, with labels of its
 * sentences by what is true there, and whether it does what was asked.
 */
export const answersStage = defineStage({
  name: 'answers',
  version: 3,
  outputs: ['answers.jsonl'],
  config: object<AnswersConfig>({ ...WHO, ...OUTSIDE_MODEL, maxTokens: number }),
  decisive: withDecisiveModels,
  inputs: { prompts: from(worldStage, promptsStage), model: optionalFrom(pretrainStage, finetuneStage) },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const who = await whoOf(config, inputs.model);
    const { prompts, examples, factsOf, knownOf, ...asked } = await readAsked(inputs.prompts, who);
    const { model, promptFormat, close } = await openStudyModel(config, {
      trained: inputs.model,
      scratch,
      ...asked,
    });
    try {
      const chat = promptFormat === 'chat';
      const questions = prompts.map(({ id, text }) => ({ id, text: chat ? text : `${examples}${text}\n` }));
      const { maxTokens } = config;
      const given = await inOrder(model, questions, { maxTokens, chat, signal, onProgress });
      const texts = new Map(given.map(({ promptId, text }) => [promptId, text]));
      const written = questions.map(({ id, text }) => ({ id, prompt: text, text: texts.get(id) ?? null }));
      // Of a model from outside none is asked: a server would cost, and a record has none.
      const sure =
        config.source === undefined ? await confidences(model, written, promptFormat, { signal }) : new Map();
      const byId = new Map(prompts.map(prompt => [prompt.id, prompt]));
      const answers = given.map((generation): StudyAnswer => {
        const { promptId, ...rest } = generation;
        const { text: prompt = '', category = '' } = byId.get(promptId) ?? {};
        return {
          promptId,
          prompt,
          category,
          facts: factsOf(promptId),
          ...rest,
          ...who,
          promptFormat: chat ? 'chat' : 'raw',
          ...(rest.text === null ? { labels: [] } : knownOf({ promptId, text: rest.text })),
          confidence: sure.get(promptId) ?? null,
          evidence: 'live',
        };
      });
      requireAnswers(model.name, answers);
      await writeFile(join(folder, 'answers.jsonl'), answers.map(lineOf).join(''));
    } finally {
      await close();
    }
  },
});

async function readAsked(
  { stage, folder }: RunResult<'world' | 'prompts'>,
  { model }: Who,
): Promise<AskedPrompts> {
  if (stage === 'prompts') {
    const prompts = await readPrompts(folder);
    return { prompts, examples: '', factsOf: () => [], knownOf: () => ({ labels: [] }) };
  }
  const { world, test } = await readWorld(folder);
  const [label, lookup, follow] = [truthLabels(world), factLookup(world), followIn(world, test)];
  const facts = new Map(test.map(instruction => [instruction.id, instruction.facts]));
  return {
    prompts: test,
    examples: exampleDialogues(world),
    instructions: test,
    factsOf: promptId => (facts.get(promptId) ?? []).map(lookup),
    knownOf: answer => {
      const { adheres, kind, subject, refused } = follow(answer);
      return {
        labels: label({ ...answer, model }).map(({ start, end, label }) => ({ start, end, label })),
        adherence: { adheres, kind, subject, refused },
      };
    },
  };
}

/** @throws {Error} if every call failed: nothing could be measured, and another attempt may succeed. */
function requireAnswers(name: string, answers: readonly StudyAnswer[]): void {
  if (answers.some(({ text }) => text !== null)) return;
  throw new Error(
    `Cannot measure ${name}: an answer is required, got none: ${answers[0]?.error?.message ?? 'no prompt'}`,
  );
}

/** Reads the answers of a run. */
export async function readAnswers({ folder }: RunResult<'answers'>): Promise<StudyAnswer[]> {
  const text = await readFile(join(folder, 'answers.jsonl'), 'utf8');
  return parseLines(text, 'answers.jsonl', ANSWER);
}
