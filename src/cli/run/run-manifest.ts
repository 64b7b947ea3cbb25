import { exists } from '../../files/index.ts';
import { type KeptManifest, keepManifest, type ManifestInputs } from '../../runs/index.ts';

/**
 * Starts the manifest beside a file of results, or resumes that of the run that started the file.
 *
 * @param out the file of results; the manifest is `OUT.manifest.json`.
 * @param run what decides the results; names of records among its inputs are left out.
 * @param confirm makes sure, before each write, that no other process writes the file now, or throws.
 * @returns the id of the run, and a function that writes the current manifest; nothing is written before its first call.
 */
export async function runManifest(
  out: string,
  run: ManifestInputs,
  confirm: () => Promise<void>,
): Promise<KeptManifest> {
  const files = [];
  for (const input of run.inputs ?? []) if (await exists(input)) files.push(input);
  return keepManifest(`${out}.manifest.json`, { ...run, inputs: files }, confirm);
}
