import { join } from 'node:path';

/**
 * Finds the folder of kept calls: a folder of them, that of a run, or by default the one that version 0.2 shared among
 * all runs.
 */
export async function callsFolder(given: string | undefined): Promise<string> {
  const { cacheFolder, exists } = await import('../../files/index.ts');
  if (given === undefined) return join(cacheFolder(), 'calls');
  const ofRun = join(given, 'calls');
  return (await exists(ofRun)) ? ofRun : given;
}
