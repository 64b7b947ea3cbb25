import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveBackend } from '../../../compute/index.ts';
import { nestedSubsets } from '../../../data/index.ts';
import { openTrainableModel } from '../../../generate/index.ts';
import type { Job } from '../../../jobs/index.ts';
import type { Dialogue } from '../../../schema.ts';
import { encodeDialogue, packDialogues } from '../../../tokenize/index.ts';
import { finetune } from '../../../train/index.ts';
import { readData } from '../find-data.ts';
import type { Budget, FullTraining } from '../full-config.ts';

interface FinetuneConfig {
  checkpoint: { path: string };
  data: { sources: string[] };
  budget: Budget;
  training: FullTraining;
  seed: number;
}

/** What a model was trained on. */
export interface LearnedData {
  dialogues: number;
  tokens: number;
}

/**
 * Trains a checkpoint to imitate the teacher, on the model's outputs in role tokens, and saves it as a folder that
 * Transformers loads.
 */
export async function finetuneStage({ config, folder, scratch, signal, onProgress }: Job): Promise<void> {
  const { checkpoint, data, budget, training, seed } = config as unknown as FinetuneConfig;
  const { sequenceLength, ...options } = training;
  await resolveBackend();
  const base = await openTrainableModel({
    model: checkpoint.path,
    format: 'role-tokens',
    seed,
    out: scratch,
  });
  const encode = (dialogue: Dialogue) => encodeDialogue(dialogue, base.tokenizer);
  const countTokens = (dialogue: Dialogue) => encode(dialogue).ids.length;
  const dialogues = await readData(data.sources);
  const [part] = budget === 'all' ? [] : nestedSubsets(dialogues, { budgets: [budget], countTokens, seed });
  const encoded = (part?.dialogues ?? dialogues).map(encode);
  const tokens = encoded.reduce((sum, { ids }) => sum + ids.length, 0);
  const { maxPositions } = base.model.config;
  const blocks = packDialogues(encoded, {
    maxPositions,
    ...(sequenceLength !== undefined && { sequenceLength }),
  });
  const run = join(scratch, 'training');
  const { model } = await finetune(base.model, blocks, {
    ...{ ...options, seed, keep: 1, folder: run, signal, onProgress },
  });
  try {
    await base.save(join(folder, 'model'), model, options.lora);
  } finally {
    for (const { weights } of [base.model, model])
      for (const weight of Object.values(weights)) weight.dispose();
  }
  await cp(join(run, 'metrics.jsonl'), join(folder, 'metrics.jsonl'));
  const learned: LearnedData = { dialogues: encoded.length, tokens };
  await writeFile(join(folder, 'data.json'), `${JSON.stringify(learned)}\n`);
}

/** What the model of a run was trained on. */
export async function readLearned(folder: string): Promise<LearnedData> {
  return JSON.parse(await readFile(join(folder, 'data.json'), 'utf8'));
}
