import { readFile, stat } from 'node:fs/promises';
import { startManifest, writeFileAtomic } from '../util/index.ts';

/**
 * Begins the manifest beside a file of results, or goes on with that of the run that began the file.
 *
 * @param run.out the file of results; the manifest is `OUT.manifest.json`.
 * @param run.config what decides the results; JSON.
 * @param run.inputs files that are read; names of records among them are left out.
 * @returns a function that writes the manifest as it stands; nothing is written before.
 * @throws {Error} naming the first setting that differs from the run that began the file.
 */
export async function runManifest(run: {
  out: string;
  config: Record<string, unknown>;
  seed: number;
  inputs: readonly string[];
}): Promise<() => Promise<void>> {
  const { out, config, seed, inputs } = run;
  const path = `${out}.manifest.json`;
  const begun =
    (await exists(out)) && (await exists(path)) ? JSON.parse(await readFile(path, 'utf8')).config : config;
  for (const name of new Set([...Object.keys(begun), ...Object.keys(config)])) {
    const [before, now] = [begun[name], config[name]].map(value => JSON.stringify(value) ?? 'unset');
    if (before !== now)
      throw new Error(
        `Cannot go on with ${out}: it was begun with ${name} ${before}, and ${now} was asked for; name another --out or delete it`,
      );
  }
  const files = [];
  for (const input of inputs) if (await exists(input)) files.push(input);
  const manifest = await startManifest({ config, seed, inputs: files });
  return () => writeFileAtomic(path, `${JSON.stringify(manifest(), null, 2)}\n`);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
