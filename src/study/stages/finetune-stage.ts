import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveBackend } from '../../compute/index.ts';
import { nestedSubsets } from '../../data/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { Dialogue } from '../../schema.ts';
import { encodeDialogue, packDialogues } from '../../tokenize/index.ts';
import { finetune } from '../../train/index.ts';
import type { Instruction } from '../../world/index.ts';
import type { ImitationData } from '../plan/study-config.ts';
import { openTrained, saveTrained } from './model-files.ts';
import { readWorld } from './world-files.ts';

interface FinetuneConfig {
  data: ImitationData;
  budget: number;
  learningRate: number;
  epochs: number;
  batchSize: number;
  /** Tokens of a block; a longer dialogue goes on in the next. */
  sequenceLength: number;
  seed: number;
}

/** Trains a base model to imitate the teacher: on its answers in role tokens, as many as the budget holds. */
export async function finetuneStage(job: Job): Promise<void> {
  const { inputs, scratch, signal, onProgress } = job;
  const { data, budget, sequenceLength, ...training } = job.config as unknown as FinetuneConfig;
  await resolveBackend();
  const base = await openTrained(inputs.base ?? '', 'base', 1);
  const { tokenizer } = base.vocabulary;
  const encode = (dialogue: Dialogue) => encodeDialogue(dialogue, tokenizer);
  const { training: instructions } = await readWorld(inputs.world ?? '');
  const [subset] = nestedSubsets(instructions[data].map(dialogueOf), {
    budgets: [budget],
    countTokens: dialogue => encode(dialogue).ids.length,
    seed: training.seed,
  });
  const dialogues = subset?.dialogues ?? [];
  const { maxPositions } = base.model.config;
  const blocks = packDialogues(dialogues.map(encode), {
    maxPositions,
    sequenceLength,
    packing: false,
  });
  const folder = join(scratch, 'training');
  const options = { ...training, schedule: 'cosine' as const, keep: 1, folder, signal, onProgress };
  const { model } = await finetune(base.model, blocks, options);
  await saveTrained(job, model, folder);
  const made = { data, budget, tokens: subset?.tokens, dialogues: dialogues.length };
  await writeFile(join(job.folder, 'data.json'), `${JSON.stringify(made)}\n`);
}

function dialogueOf({ id, text, answers: [answer] }: Instruction): Dialogue {
  return {
    id,
    turns: [
      { role: 'user', content: text },
      { role: 'assistant', content: answer },
    ],
  };
}
