import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as aq from 'arquero';
import type { Battle, JudgePair, LengthPair } from '../../src/compare/index.ts';
import type { ImitationSet } from '../../src/data/index.ts';
import { initialise, type Model } from '../../src/model/index.ts';
import type { Review } from '../../src/readers/index.ts';
import type { Preference, Prompt } from '../../src/schema.ts';
import { readStudy, recordedStudy } from '../../src/study/pipeline/open-study.ts';
import {
  type Block,
  encodeDialogue,
  loadTokenizer,
  packDialogues,
  type Tokenizer,
  withRoleTokens,
} from '../../src/tokenize/index.ts';
import { blockBatch, learningRateSchedule } from '../../src/train/index.ts';
import {
  COMPARISON,
  DIALOGUES,
  GENERATIONS,
  modelThatSays,
  PREFERENCES,
  RATINGS,
} from './example-answers.ts';
import { CONFIG } from './example-files.ts';

/** Values that examples take as given, by name: each is made when an example asks for it. */
export const GIVEN = {
  // Modules that examples use.
  aq: () => aq,
  join: () => join,
  op: () => aq.op,
  readFile: () => readFile,
  tf: () => tf,
  writeFile: () => writeFile,

  // Answers, and what people and judges find of them.
  battles: (): Battle[] =>
    GENERATIONS.flatMap(({ promptId, model, text }) =>
      model === 'teacher' || text === null
        ? []
        : [
            {
              promptId,
              first: { model: 'teacher', text: 'It is so.' },
              second: { model, text },
              outcome: 0.5,
            },
          ],
    ),
  comparison: () => COMPARISON,
  dialogues: () => DIALOGUES,
  generations: () => GENERATIONS,
  lengths: (): LengthPair[] => [
    { outcome: 1, length: 90, otherLength: 60 },
    { outcome: 0.5, length: 70, otherLength: 70 },
    { outcome: 0, length: 40, otherLength: 60 },
  ],
  pairs: (): JudgePair[] =>
    COMPARISON.items.map(({ promptId, prompt, answers }) => ({
      promptId,
      prompt,
      answers: [
        { id: 'teacher', text: answers.teacher?.text ?? '' },
        { id: 'imitation', text: answers.imitation?.text ?? '' },
      ],
    })),
  preferences: (): Preference[] => PREFERENCES.slice(0, 2),
  prompts,
  ratings: () => RATINGS,
  reviews: (): Review[] => [
    { promptId: '1', first: 'teacher', second: 'imitation', scores: [8, 7], text: '8 7' },
    { promptId: '1', first: 'imitation', second: 'teacher', scores: [6, 9], text: '6 9' },
  ],
  set: (): ImitationSet => ({ name: 'mine', dialogues: DIALOGUES, counts: [] }),
  table: () =>
    aq.table({
      prediction: ['the cat sat', 'it is blue'],
      reference: ['the cat sat down', 'the sky is blue'],
      text: ['Why is the sky blue?', 'How much is 1 + 1?'],
    }),

  // Models that answer.
  judge: () => modelThatSays('8 7\nBoth are clear.', 'judge'),
  student: () => modelThatSays('Paris', 'student'),
  teacher: () => modelThatSays('Q: who wrote hamlet?\nA: Shakespeare', 'teacher'),

  // A tiny model, and the parts of its training.
  batch: async () => blockBatch((await blocks()).slice(0, 1)),
  blocks,
  config: () => CONFIG,
  ids: async () => (await tokenizer()).encode('The sky is blue because air scatters blue light.'.repeat(10)),
  learningRateAt: () => learningRateSchedule({ steps: 500, learningRate: 1e-4 }),
  model: (): Model => ({ config: CONFIG_WITH_ROLES, weights: initialise(CONFIG_WITH_ROLES, 1) }),
  gradients: () => ({ weight: tf.tensor1d([0.1, -0.2]) }),
  tokenizer,
  weights: () => ({ weight: tf.tensor1d([1, 2]) }),

  // A recorded study.
  study: () => readStudy(recordedStudy()),
};

const CONFIG_WITH_ROLES = { ...CONFIG, vocabSize: CONFIG.vocabSize + 4 };

function prompts(): Prompt[] {
  return COMPARISON.items.map(({ promptId: id, prompt: text }) => ({ id, text, source: 'example' }));
}

async function tokenizer(): Promise<Tokenizer> {
  return withRoleTokens(await loadTokenizer('checkpoints/gpt2'));
}

async function blocks(): Promise<Block[]> {
  const own = await tokenizer();
  return packDialogues(
    DIALOGUES.map(dialogue => encodeDialogue(dialogue, own)),
    { sequenceLength: 64 },
  );
}
