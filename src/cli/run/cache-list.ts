import type { CachedModel } from '../../chat/index.ts';
import type { cacheListCommand } from '../commands/cache.ts';
import type { InputOf } from '../declare/command.ts';
import { callsFolder } from './calls-folder.ts';
import { printJson } from './progress.ts';

/** Counts the kept calls of servers. */
export async function run({
  folder: given,
  modelName,
  json,
}: InputOf<typeof cacheListCommand>): Promise<void> {
  const { listCachedCalls } = await import('../../chat/index.ts');
  const folder = await callsFolder(given);
  const models = await listCachedCalls(folder, { model: modelName });
  if (json) printJson({ folder, models });
  else console.log([...models.map(lineOf), totalOf(folder, models)].join('\n'));
}

function lineOf({ server, model, calls, bytes, first, last }: CachedModel): string {
  return `${server} ${model}: ${calls} calls, ${megabytes(bytes)}, ${day(first)} to ${day(last)}`;
}

function totalOf(folder: string, models: readonly CachedModel[]): string {
  const calls = models.reduce((sum, each) => sum + each.calls, 0);
  const bytes = models.reduce((sum, each) => sum + each.bytes, 0);
  return `${folder}: ${calls} calls, ${megabytes(bytes)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
