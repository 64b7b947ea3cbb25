import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHuggingFace, type ModelConfig, type ModelSizes, modelSizes } from '../../model/index.ts';
import { messageOf } from '../../runs/index.ts';
import type { CheckpointConfig } from './checkpoint-study.ts';
import { folderFingerprint } from './fingerprint.ts';
import { PAPER_SHAPES } from './paper-shapes.ts';

/** A base model of a study, as far as its files exist. */
export interface FoundCheckpoint extends CheckpointConfig {
  /** Its own shape, or the one that the config names; null where neither is known. */
  config: ModelConfig | null;
  /** Sizes of that shape, from which memory and time follow. */
  sizes: ModelSizes | null;
  /** Identity of the content of its files: 20 hexadecimal digits. Null where something is missing. */
  fingerprint: string | null;
  /** Missing files, in words that follow "found". */
  missing: readonly string[];
}

/** Looks at a base model's folder, and hashes its files. No weight is loaded. */
export async function findCheckpoint(checkpoint: CheckpointConfig): Promise<FoundCheckpoint> {
  const { path, shape } = checkpoint;
  const names = (await readdir(path).catch(() => [])).sort();
  const missing = names.length === 0 ? [`no folder ${path}`] : [];
  let config: ModelConfig | null = shape === undefined ? null : PAPER_SHAPES[shape];
  if (missing.length === 0) {
    for (const name of ['config.json', 'tokenizer.json'])
      if (!names.includes(name)) missing.push(`no ${name}`);
    if (!names.some(isWeights)) missing.push('no .safetensors');
    if (names.includes('config.json')) {
      try {
        const file = join(path, 'config.json');
        config = fromHuggingFace(JSON.parse(await readFile(file, 'utf8')), file);
      } catch (error) {
        missing.push(messageOf(error));
      }
    }
  }
  const fingerprint = missing.length > 0 ? null : await folderFingerprint(path);
  const sizes = config === null ? null : modelSizes(config);
  return { ...checkpoint, config, sizes, fingerprint, missing };
}

function isWeights(name: string): boolean {
  return name.endsWith('.safetensors');
}
