import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { saveComparison } from '../../src/compare/index.ts';
import { cacheFolder, exists } from '../../src/files/index.ts';
import { initialise, type LlamaConfig, saveModel } from '../../src/model/index.ts';
import { tinyGguf } from '../fixtures/tiny-model.ts';
import { COMPARISON, RATINGS } from './example-answers.ts';

/** Size of the vocabulary: a token for each byte, and `<|endoftext|>`. */
const VOCABULARY = 257;

/** Sizes of a model that reads any text, byte by byte. */
export const CONFIG: LlamaConfig = {
  architecture: 'llama',
  vocabSize: VOCABULARY,
  maxPositions: 1024,
  hiddenSize: 8,
  layers: 1,
  heads: 2,
  kvHeads: 1,
  headDim: 4,
  intermediateSize: 16,
  normEpsilon: 1e-5,
  tieWordEmbeddings: true,
  rope: { theta: 10_000 },
};

/** Writes, into the working directory, small files by the names that examples use. */
export async function writeExampleFiles(): Promise<void> {
  await Promise.all([
    writeModel('checkpoints/gpt2'),
    writeModel('checkpoints/smollm2'),
    writeModel('runs/first/model'),
    writeGguf('SmolLM2-135M-Instruct.Q4_1.gguf'),
    writeRun('runs/first'),
    copyFile(join(import.meta.dirname, '../golden/parquet/snappy.parquet'), 'train.parquet'),
    saveComparison('answers.compare.json', COMPARISON),
  ]);
  await writeLines(
    'answers.jsonl',
    COMPARISON.items.map(({ promptId: id, prompt, answers }) => ({
      id,
      prompt,
      output: answers.teacher?.text,
    })),
  );
  await writeFile(
    'answers.csv',
    'id,prompt,gpt-4,vicuna\n1,Why is the sky blue?,It scatters blue light.,It reflects the sea.\n',
  );
  await writeLines(
    'answers.annotations.jsonl',
    RATINGS.map((rating, index) => ({ kind: 'rating', id: `rating-${index}`, ...rating })),
  );
}

/**
 * Makes a cache folder that shares what was fetched with the usual one, but not the answers of servers: those of an
 * example are no real ones.
 */
export async function exampleCache(): Promise<string> {
  const usual = cacheFolder();
  await mkdir('cache');
  for (const name of (await exists(usual)) ? await readdir(usual) : [])
    if (name !== 'calls') await symlink(join(usual, name), join('cache', name));
  return resolve('cache');
}

async function writeModel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const weights = initialise(CONFIG, 1);
  await saveModel(folder, { config: CONFIG, weights });
  tf.dispose(weights);
  const end = { id: VOCABULARY - 1, content: '<|endoftext|>', special: true, normalized: false };
  const step = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  await writeJson(join(folder, 'tokenizer.json'), {
    version: '1.0',
    added_tokens: [{ ...end, single_word: false, lstrip: false, rstrip: false }],
    normalizer: null,
    pre_tokenizer: step,
    post_processor: null,
    decoder: step,
    model: {
      type: 'BPE',
      vocab: { ...Object.fromEntries(byteTokens().map((token, id) => [token, id])), [end.content]: end.id },
      merges: [],
    },
  });
  const template = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}";
  await writeJson(join(folder, 'tokenizer_config.json'), { eos_token: end.content, chat_template: template });
}

/** The character that represents each byte in a vocabulary of GPT-2's kind. */
function byteTokens(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isShown = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCodePoint(isShown ? byte : next++);
  });
}

async function writeGguf(path: string): Promise<void> {
  await copyFile(await tinyGguf('.'), path);
}

/** Files of a run that has finished. */
async function writeRun(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, 'run.json'), {
    version: 1,
    task: 'fine-tune',
    status: 'finished',
    steps: 1,
    tokens: 64,
    process: { pid: process.pid, host: 'localhost', token: 'none' },
  });
  await writeLines(join(folder, 'metrics.jsonl'), [
    {
      step: 1,
      epoch: 1,
      tokens: 64,
      lossTokens: 40,
      loss: 3.2,
      learningRate: 1e-4,
      gradNorm: 1,
      tokensPerSecond: 900,
      memory: 1e8,
    },
  ]);
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(value));
}

async function writeLines(path: string, values: readonly unknown[]): Promise<void> {
  await writeFile(path, values.map(value => `${JSON.stringify(value)}\n`).join(''));
}
