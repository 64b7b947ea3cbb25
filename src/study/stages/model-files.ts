import { copyFile, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalModel, localModel } from '../../generate/index.ts';
import type { Job } from '../../jobs/index.ts';
import { type Model, saveModel } from '../../model/index.ts';
import { tokenizerFolder } from './world-files.ts';

/** Saves what was trained as a model's folder that Transformers loads, and the metrics of its training. */
export async function saveTrained(
  { inputs, folder }: Pick<Job, 'inputs' | 'folder'>,
  model: Model,
  training: string,
): Promise<void> {
  const place = join(folder, 'model');
  await saveModel(place, model);
  const tokenizer = tokenizerFolder(inputs.world ?? '');
  for (const name of await readdir(tokenizer)) await copyFile(join(tokenizer, name), join(place, name));
  await cp(join(training, 'metrics.jsonl'), join(folder, 'metrics.jsonl'));
}

/** Opens the model that a run trained. */
export function openTrained(folder: string, name: string, concurrency: number): Promise<LocalModel> {
  return localModel(join(folder, 'model'), { name, concurrency });
}
