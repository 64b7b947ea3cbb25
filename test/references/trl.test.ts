/**
 * Fine-tuning on chat data beside TRL's SFTTrainer: the same model, dialogues and settings on either side, from files to
 * the loss of each step. Ours is the command line; TRL reads the messages by `apply_chat_template`, and learns what the
 * assistant says.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { addLora, loadModel, saveLora } from '../../src/model/index.ts';
import type { ChatMessage, TrainingRow } from '../../src/schema.ts';
import { seededRandom } from '../../src/stats/index.ts';
import { dataOrder } from '../../src/train/index.ts';
import { runPython } from './run-python.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** Dialogues, those of a step, steps of a run, which are two and a half passes, and the seed of their order. */
const [DIALOGUES, BATCH, STEPS, SEED] = [32, 4, 20, 5];
/** Tokens in a block: more than any dialogue has, so that none is cut. */
const LENGTH = 256;
const TOLERANCE = 1e-3;
const LORA = { rank: 4, alpha: 12 };

const SUBJECTS = ['the model', 'a teacher', 'Straßencafé', 'the quick brown fox', '東京', 'a "quoted" word'];
const VERBS = ['imitates', 'answers', 'compares', 'predicts', 'doesn’t mind'];
const OBJECTS = ['the style.', '1,000 g of flour!', 'réponse fausse', 'def add(a, b):  return a', '🙂🙂'];

/** Short chats of one to three exchanges, some after a system message, with texts that tokenizers cut in odd ways. */
function dialogues(): ChatMessage[][] {
  const { integer } = seededRandom('chat');
  const pick = (from: readonly string[]) => from[integer(from.length)] ?? '';
  const sentence = () => `${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)}`;
  return Array.from({ length: DIALOGUES }, (_, i) => {
    const exchanges = Array.from({ length: 1 + integer(3) }, (): ChatMessage[] => [
      { role: 'user', content: `Who ${sentence()}?` },
      { role: 'assistant', content: integer(2) ? sentence() : `${sentence()}\n\n1. ${sentence()}` },
    ]);
    const system: ChatMessage[] = i % 3 === 0 ? [{ role: 'system', content: 'Be brief.' }] : [];
    return [...system, ...exchanges.flat()];
  });
}

const CHATS = dialogues();
const CASES = (['llama', 'qwen3'] as const).flatMap(architecture =>
  (['sentencepiece', 'bpe'] as const).map(tokenizer => ({ architecture, tokenizer })),
);
const WAYS = ['full', 'LoRA', 'packed'] as const;
type Way = (typeof WAYS)[number];

/** The options of either side, by what is trained. Packed, all dialogues are in each step, whoever packs them how. */
const OPTIONS: Record<Way, { ours: Record<string, string | number | boolean>; theirs: object }> = {
  full: {
    ours: { learningRate: 4e-3, schedule: 'cosine', weightDecay: 0.3, batchSize: BATCH, packing: false },
    theirs: {
      ...{ learning_rate: 4e-3, lr_scheduler_type: 'cosine', weight_decay: 0.3 },
      ...{ per_device_train_batch_size: BATCH, max_length: LENGTH },
    },
  },
  LoRA: {
    ours: { learningRate: 2e-2, schedule: 'linear', microBatchSize: 2, batchSize: BATCH, packing: false },
    theirs: {
      ...{ learning_rate: 2e-2, lr_scheduler_type: 'linear', weight_decay: 0.01, max_length: LENGTH },
      ...{ per_device_train_batch_size: BATCH / 2, gradient_accumulation_steps: 2 },
    },
  },
  packed: {
    ours: { learningRate: 4e-3, maxGradNorm: 0.5, batchSize: DIALOGUES },
    theirs: {
      ...{ learning_rate: 4e-3, lr_scheduler_type: 'constant', weight_decay: 0.01, max_grad_norm: 0.5 },
      ...{ per_device_train_batch_size: DIALOGUES, max_length: LENGTH, packing: true },
    },
  },
};

interface Course {
  losses: number[];
  gradNorms: number[];
}

let folder = '';
const folderOf = ({ architecture, tokenizer }: (typeof CASES)[number]) =>
  join(folder, `${architecture}-${tokenizer}`);
const theirs = new Map<string, Course>();

/** Trains by the command line. */
async function ours(model: string, way: Way): Promise<Course> {
  const out = join(folder, `${way}-trained`);
  const { packing = true, ...options } = OPTIONS[way].ours;
  const stated = { ...options, model, data: join(folder, 'chats.jsonl'), out, sequenceLength: LENGTH };
  const lora = way === 'LoRA' ? { loraRank: LORA.rank, loraAlpha: LORA.alpha } : {};
  const all = Object.entries({ warmupSteps: 0, steps: STEPS, seed: SEED, ...stated, ...lora });
  const flags = all.flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
  const command = [CLI, 'train', ...flags, ...(packing ? [] : ['--no-packing']), '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1e8 });
  await rm(out, { recursive: true });
  const lines = stdout.trim().split('\n').slice(0, -1);
  const rows = lines.map((line): TrainingRow => JSON.parse(line));
  return { losses: rows.map(({ loss }) => loss), gradNorms: rows.map(({ gradNorm }) => gradNorm) };
}

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
  folder = await mkdtemp(join(tmpdir(), 'trl-'));
  const rows = CHATS.map((messages, i) => `${JSON.stringify({ id: `chat ${i}`, messages })}\n`);
  await writeFile(join(folder, 'chats.jsonl'), rows.join(''));
  const texts = CHATS.flat().map(({ content }) => content);
  await runPython(
    'train-trl.py',
    CASES.map(each => ({ work: 'make', folder: folderOf(each), ...each, texts })),
  );
  for (const each of CASES) {
    const base = await loadModel(folderOf(each));
    const adapted = addLora(base, { ...LORA, seed: SEED });
    await saveLora(join(folderOf(each), 'adapter'), adapted);
    tf.dispose([base.weights, adapted.weights]);
  }
  // In the order in which our steps take them; packed, in any.
  const order = dataOrder({ blocks: DIALOGUES, batchSize: BATCH, microBatchSize: BATCH, seed: SEED });
  const steps = Array.from({ length: STEPS }, (_, i) => order.at(i + 1).microBatches.flat());
  const inOrder = steps.flat().map(at => CHATS[at]);
  const requests = CASES.flatMap(each =>
    WAYS.map(way => ({
      work: 'train',
      folder: folderOf(each),
      dialogues: way === 'packed' ? CHATS : inOrder,
      settings: { ...OPTIONS[way].theirs, max_steps: STEPS },
      ...(way === 'LoRA' && { adapter: join(folderOf(each), 'adapter') }),
    })),
  );
  const courses = await runPython<Course[]>('train-trl.py', requests);
  const names = CASES.flatMap(each => WAYS.map(way => `${folderOf(each)} ${way}`));
  for (const [i, name] of names.entries())
    theirs.set(name, courses[i] ?? expect.fail(`no losses of ${name}`));
});

afterAll(() => rm(folder, { recursive: true }));

describe.each(CASES)('$architecture with a tokenizer of $tokenizer', each => {
  test.each(WAYS)('has the losses of TRL at each of 20 steps: %s', async way => {
    const [course, expected] = [await ours(folderOf(each), way), theirs.get(`${folderOf(each)} ${way}`)];
    expect(course.losses).toHaveLength(STEPS);
    // They learn, or else the same losses would say little.
    expect((course.losses.at(-1) ?? 0) / (course.losses[0] ?? 0)).toBeLessThan(0.8);
    const differences = course.losses.map((loss, i) => Math.abs(loss - (expected?.losses[i] ?? Number.NaN)));
    const norms = course.gradNorms.map((norm, i) =>
      Math.abs(norm / (expected?.gradNorms[i] ?? Number.NaN) - 1),
    );
    console.log(
      `${each.architecture}, ${each.tokenizer}, ${way}: losses ${course.losses[0]?.toFixed(3)} to ${course.losses.at(-1)?.toFixed(3)}, ` +
        `apart by at most ${Math.max(...differences).toExponential(1)}, norms by ${Math.max(...norms).toExponential(1)} of theirs`,
    );
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
    expect(Math.max(...norms)).toBeLessThan(1e-2);
  });
});
