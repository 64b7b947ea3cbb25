import type { fetchModelCommand } from '../commands/fetch-model.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson, progressPrinter } from './progress.ts';

/** Fetches a model from the hub, and prints its path. */
export async function run({ id, json, quiet, ...options }: InputOf<typeof fetchModelCommand>): Promise<void> {
  const { fetchModel } = await import('../../data/index.ts');
  const fetched = await fetchModel(id, { ...options, onProgress: await progressPrinter({ quiet }) });
  if (json) printJson(fetched);
  else console.log(fetched.path);
}
