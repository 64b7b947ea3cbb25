import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialise, type ModelConfig, saveModel, tinyConfig } from '../../model/index.ts';
import { loadTokenizer, roleTemplate } from '../../tokenize/index.ts';
import { worldTokenizer } from '../../world/index.ts';
import type { CheckpointConfig } from '../config/checkpoint-study.ts';
import type { CheckpointStudyPlan } from '../pipeline/plan-study.ts';

/** Sizes that hold each part of an architecture, and the longest prompt of a benchmark in a tokenizer of few words. */
const SIZES = { headDim: 8, layers: 2, maxPositions: 8192 };

/** Returns a config of the same architecture in small sizes. */
function tinyShape(config: ModelConfig, vocabSize: number): ModelConfig {
  return tinyConfig(config, { ...SIZES, vocabSize });
}

/**
 * Writes a folder in Hugging Face's layout with tiny random weights of an architecture.
 *
 * @param tokenizer the folder whose tokenizer is copied; undefined makes one.
 * @param texts with the words of a tokenizer that is made; any other text becomes bytes.
 */
export async function writeTinyCheckpoint(
  folder: string,
  config: ModelConfig,
  { tokenizer, texts }: { tokenizer?: string | undefined; texts: readonly string[] },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (tokenizer === undefined) {
    const files = {
      'tokenizer.json': worldTokenizer(texts),
      'tokenizer_config.json': { tokenizer_class: 'PreTrainedTokenizerFast', chat_template: roleTemplate() },
    };
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), `${JSON.stringify(content)}\n`);
  } else {
    const kept = (await readdir(tokenizer)).filter(name => /^(special_)?token.*\.json$/.test(name));
    for (const name of kept) await copyFile(join(tokenizer, name), join(folder, name));
  }
  const { vocabSize } = await loadTokenizer(folder);
  const tiny = tinyShape(config, vocabSize);
  const weights = initialise(tiny, 0);
  await saveModel(folder, { config: tiny, weights });
  for (const weight of Object.values(weights)) weight.dispose();
}

/** Writes a checkpoint of each architecture, with the tokenizer of its original where that is available. */
export async function writeTinyCheckpoints(
  { checkpoints }: CheckpointStudyPlan,
  folder: string,
  texts: readonly string[],
): Promise<CheckpointConfig[]> {
  const seen = new Set<string>();
  const made: CheckpointConfig[] = [];
  for (const { name, path, config, missing } of checkpoints) {
    if (config === null) continue;
    const tokenizer = missing.length === 0 ? path : undefined;
    const key = JSON.stringify([tinyShape(config, 0), tokenizer]);
    if (seen.has(key)) continue;
    seen.add(key);
    const place = join(folder, String(made.length));
    await writeTinyCheckpoint(place, config, { tokenizer, texts });
    // Local sets take the same path with every architecture.
    made.push({ name, path: place, everyBudget: true, local: made.length === 0 });
  }
  return made;
}
