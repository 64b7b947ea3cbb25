import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult } from '../../jobs/index.ts';

/** Data that a model was trained on. */
export interface TrainingData {
  dialogues: number;
  tokens: number;
}

/** Returns the folder of the model that a run trained, in Hugging Face's layout. */
export function modelFolder(trained: Pick<RunResult, 'folder'>): string {
  return join(trained.folder, 'model');
}

/** Keeps the metrics of a training run beside the model. */
export async function keepMetrics(training: string, folder: string): Promise<void> {
  await cp(join(training, 'metrics.jsonl'), join(folder, 'metrics.jsonl'));
}

/** Writes what a model was trained on. */
export async function writeTrainingData(folder: string, data: TrainingData): Promise<void> {
  await writeFile(join(folder, 'data.json'), `${JSON.stringify(data)}\n`);
}

/** Reads what the model of a run was trained on. */
export async function readTrainingData(folder: string): Promise<TrainingData> {
  return JSON.parse(await readFile(join(folder, 'data.json'), 'utf8'));
}
