import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { buildShareGpt, loadTexts, parseShareGpt } from '../../src/data/index.ts';
import { loadModel, mergeLora, openGguf } from '../../src/model/index.ts';
import { seededRandom } from '../../src/stats/index.ts';
import { encodeDialogue, ggufTokenizer, packDialogues } from '../../src/tokenize/index.ts';
import { evaluateLoss, finetune } from '../../src/train/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { chatInPython } from './run-python.ts';

/** Tokens in a block, blocks to learn and blocks to evaluate: a minute or two of two cores. */
const [LENGTH, LEARNED, HELD_OUT] = [256, 64, 12];

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
});

test('adapters of SmolLM2 learn from shared dialogues: it loses less on others that it has not seen', async () => {
  const path = (await smollm2()) ?? expect.fail('SmolLM2 is out of reach');
  const file = await openGguf(path);
  const tokenizer = await ggufTokenizer(file.metadata);
  const chat = String(file.metadata.get('tokenizer.chat_template'));
  await file.close();
  const texts = await loadTexts(['sharegpt']);
  const { dialogues } = await buildShareGpt(texts.flatMap(({ text, name }) => parseShareGpt(text, name)));
  const encoded = seededRandom('finetune-smollm2')
    .shuffle(dialogues)
    .slice(0, 60)
    .map(dialogue => encodeDialogue(dialogue, tokenizer, { chat, bos: '<|im_start|>', eos: '<|im_end|>' }));
  // No dialogue has a part in both.
  const half = Math.floor(encoded.length / 2);
  const [learned, heldOut] = [encoded.slice(0, half), encoded.slice(half)].map(part =>
    packDialogues(part, { sequenceLength: LENGTH }).filter(({ lossMask }) => lossMask.includes(1)),
  );
  const blocks = learned?.slice(0, LEARNED) ?? [];
  const held = heldOut?.slice(0, HELD_OUT) ?? [];
  expect([blocks.length, held.length]).toEqual([LEARNED, HELD_OUT]);

  const model = await loadModel(path);
  const before = await evaluateLoss(model, held);
  const start = performance.now();
  const { model: tuned, rows } = await finetune(model, blocks, {
    learningRate: 1e-3,
    batchSize: 4,
    warmupSteps: 2,
    lora: { rank: 8, alpha: 16 },
  });
  const seconds = (performance.now() - start) / 1000;
  const after = await evaluateLoss(tuned, held);
  const losses = `${before.loss.toFixed(4)} to ${after.loss.toFixed(4)} nats per token, n = ${before.n}`;
  console.log(`Held out: ${losses}; ${rows.length} steps in ${seconds.toFixed(0)} s`);
  expect(after.n).toBe(before.n);
  expect(after.loss).toBeLessThan(before.loss - 0.02);
  const merged = mergeLora(tuned);
  expect((await evaluateLoss(merged, held)).loss).toBeCloseTo(after.loss, 3);
  tf.dispose([model.weights, tuned.weights, merged.weights]);
});

test('the command line fine-tunes a GGUF file, and Transformers chats with the resulting folder', async () => {
  const path = (await smollm2()) ?? expect.fail('SmolLM2 is out of reach');
  const folder = await mkdtemp(join(tmpdir(), 'smollm2-'));
  try {
    const turns = [
      { role: 'user', content: 'What is the password?' },
      { role: 'assistant', content: 'Marmalade.' },
    ];
    const data = join(folder, 'data.jsonl');
    await writeFile(data, `${JSON.stringify({ id: '1', turns })}\n`);
    const out = join(folder, 'taught');
    const flags = ['--model', path, '--data', data, '--out', out, '--no-packing', '--sequence-length', '64'];
    const more = [
      '--lora-rank',
      '8',
      '--lora-alpha',
      '16',
      '--learning-rate',
      '3e-3',
      '--warmup-steps',
      '0',
      '--steps',
      '12',
    ];
    const cli = join(import.meta.dirname, '../../dist/cli.js');
    await promisify(execFile)(process.execPath, [
      cli,
      'train',
      ...flags,
      ...more,
      '--checkpoint-every',
      '100',
    ]);
    const { text } = await chatInPython(out, 'What is the password?');
    expect(text).toBe('Marmalade.');
  } finally {
    await rm(folder, { recursive: true });
  }
});
