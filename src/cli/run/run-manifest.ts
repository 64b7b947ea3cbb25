import { readFile } from 'node:fs/promises';
import { exists } from '../../files/index.ts';
import { keepManifest, requireSameSettings } from '../../runs/index.ts';

/**
 * Starts the manifest beside a file of results, or resumes that of the run that started the file.
 *
 * @param run.out the file of results; the manifest is `OUT.manifest.json`.
 * @param run.config settings that decide the results; JSON.
 * @param run.inputs files that are read; names of records among them are left out.
 * @returns a function that writes the current manifest; nothing is written before its first call.
 * @throws {Error} naming the first setting that differs from the run that started the file.
 */
export async function runManifest(run: {
  out: string;
  config: Record<string, unknown>;
  seed: number;
  inputs: readonly string[];
}): Promise<() => Promise<void>> {
  const { out, config, seed, inputs } = run;
  const path = `${out}.manifest.json`;
  const started =
    (await exists(out)) && (await exists(path)) ? JSON.parse(await readFile(path, 'utf8')).config : config;
  requireSameSettings(out, started, config, 'use another --out or delete it');
  const files = [];
  for (const input of inputs) if (await exists(input)) files.push(input);
  return keepManifest(path, { config, seed, inputs: files });
}
