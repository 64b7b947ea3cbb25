import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { CELL_IMPORT, type HooksData } from './hooks.ts';
import type { ModuleNamespace } from './scope.ts';
import { noteImport, receiveModuleMaps } from './stacks.ts';
import { connectTslab } from './tslab.ts';

let registered = false;

/**
 * Imports a module for a cell, as a module at `filename` would.
 * The hooks start with the first import: a cell without imports does not wait for their thread.
 */
export async function importFromCell(
  specifier: string,
  filename: string,
  options?: ImportCallOptions,
): Promise<ModuleNamespace> {
  if (!registered) {
    registered = true;
    const { port1, port2 } = new MessageChannel();
    receiveModuleMaps(port1);
    register(new URL('./hooks.js', import.meta.url), {
      data: { maps: port2, notebook: pathToFileURL(filename).href } satisfies HooksData,
      transferList: [port2],
    });
  }
  const from = new Error('imported here');
  try {
    const module = (await import(`${CELL_IMPORT}${specifier}`, options)) as ModuleNamespace;
    connectTslab();
    return module;
  } catch (error) {
    noteImport(error, from);
    throw error;
  }
}
