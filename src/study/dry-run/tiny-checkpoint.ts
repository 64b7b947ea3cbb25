import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialise, type ModelConfig, saveModel } from '../../model/index.ts';
import { loadTokenizer, roleTemplate } from '../../tokenize/index.ts';
import { worldTokenizer } from '../../world/index.ts';

/** Width of a head and number of layers: enough for every part of an architecture. */
const [HEAD, LAYERS] = [8, 2];

/** Tokens of the context: room for the longest prompt of a benchmark in a tokenizer that has few words. */
const CONTEXT = 8192;

/**
 * Shrinks an architecture: two layers, heads of width 8, as many query heads for each head of keys, the same
 * constants and the same choice of an output matrix.
 *
 * @param vocabSize tokens of the tokenizer.
 */
export function tinyShape(config: ModelConfig, vocabSize: number): ModelConfig {
  const group = config.architecture === 'llama' ? config.heads / config.kvHeads : 1;
  // Grouped heads keep their groups, if there were several.
  const kvHeads = config.architecture === 'llama' && config.kvHeads === 1 ? 1 : 2;
  const heads = kvHeads * group;
  const hiddenSize = heads * HEAD;
  const sizes = {
    vocabSize,
    hiddenSize,
    heads,
    maxPositions: CONTEXT,
    layers: LAYERS,
    intermediateSize: 3 * hiddenSize,
  };
  if (config.architecture === 'gpt2') return { ...config, ...sizes };
  const { scaling } = config.rope;
  // A factor for each pair fits no other width of heads.
  const rope = scaling?.type === 'factors' ? { theta: config.rope.theta } : config.rope;
  return { ...config, ...sizes, kvHeads, headDim: HEAD, rope };
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
