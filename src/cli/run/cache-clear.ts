import type { cacheClearCommand } from '../commands/cache.ts';
import type { InputOf } from '../declare/command.ts';
import { callsFolder } from './calls-folder.ts';
import { printJson } from './progress.ts';

/** Removes kept calls of servers. */
export async function run({
  folder: given,
  modelName,
  json,
}: InputOf<typeof cacheClearCommand>): Promise<void> {
  const { clearCachedCalls } = await import('../../chat/index.ts');
  const folder = await callsFolder(given);
  const removed = await clearCachedCalls(folder, { model: modelName });
  if (json) printJson({ folder, removed });
  else console.log(`${folder}: ${removed} calls removed`);
}
