import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';
import { localModel } from '../../../src/generate/index.ts';
import { loadLora, loadModel, mergeLora, openSafetensors } from '../../../src/model/index.ts';
import { encodeDialogue, loadTokenizer, ROLE_TOKENS } from '../../../src/tokenize/index.ts';
import { onBackend } from '../../fixtures/backends.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

onBackend('tensorflow');

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'train-'));
const model = await tinyModel();
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(model, { recursive: true });
});

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the built command line; `onLine` sees its output as it comes. */
async function run(
  parameters: string[],
  onLine?: (line: string, child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, 'train', ...parameters], { cwd: folder });
  const [out, err]: string[][] = [[], []];
  child.stderr.on('data', text => err?.push(String(text)));
  for await (const line of createInterface(child.stdout)) {
    out?.push(line);
    onLine?.(line, child);
  }
  if (child.exitCode === null && child.signalCode === null)
    await new Promise(ended => child.once('close', ended));
  return { code: child.exitCode, out: (out ?? []).join('\n'), err: (err ?? []).join('') };
}

const rows = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
const answers = ['no.', 'yes.', 'yes.', 'no.'];
const dialogues = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => ({
    id: `d${i}`,
    messages: [
      { role: 'user', content: `is${(first + i) % 4}ok?` },
      { role: 'assistant', content: answers[(first + i) % 4] },
    ],
  }));

async function write(name: string, value: unknown): Promise<string> {
  const text = Array.isArray(value)
    ? value.map(row => `${JSON.stringify(row)}\n`).join('')
    : JSON.stringify(value);
  await mkdir(join(folder, 'files'), { recursive: true });
  await writeFile(join(folder, 'files', name), text);
  return `files/${name}`;
}

describe('imitation-lab train', () => {
  test('fine-tunes a folder’s model by a config file, and saves one that answers as it was taught', async () => {
    await write('asked.jsonl', dialogues(40));
    await write('held.jsonl', dialogues(4, 1));
    const config = await write('config.json', {
      $schema: '../node_modules/imitation-lab/train-config.schema.json',
      model,
      data: ['asked.jsonl'],
      evalData: ['held.jsonl'],
      out: '../taught',
      format: 'role-tokens',
      packing: false,
      sequenceLength: 16,
      learningRate: 0.01,
      epochs: 6,
      batchSize: 8,
      seed: 3,
      sampleEvery: 15,
      sampleMaxTokens: 9,
    });
    const flags = ['--epochs', '8', '--keep', '1', '--sample-count', '2'];
    const { code, out, err } = await run(['--config', config, '--json', ...flags]);
    expect(code, err).toBe(0);
    const printed = rows(out);
    const samples = printed.filter(({ prompt }) => prompt);
    const lines = printed.filter(line => !samples.includes(line));
    expect(lines).toHaveLength(41);
    expect(lines[0]).toMatchObject({ step: 1, epoch: 1, tokens: 128, learningRate: 0.0025 });
    const outcome = lines.at(-1);
    const taught = join(folder, 'taught');
    expect(outcome).toMatchObject({ out: taught, run: join(taught, 'run'), steps: 40, ended: 'steps' });
    expect(outcome.best.loss).toBeLessThan(0.2);
    expect(rows(await readFile(join(taught, 'run', 'metrics.jsonl'), 'utf8'))).toEqual(lines.slice(0, -1));

    // Meanwhile it answers the first prompts that are held out, beside the answers that the data have.
    expect(rows(await readFile(join(taught, 'run', 'samples.jsonl'), 'utf8'))).toEqual(samples);
    expect(samples.map(({ step }) => step)).toEqual([15, 15, 30, 30, 40, 40]);
    expect(samples.slice(-2)).toEqual([
      {
        step: 40,
        promptId: 'd0',
        prompt: 'is1ok?',
        text: 'yes.',
        tokens: 4,
        finish: 'stop',
        reference: 'yes.',
      },
      {
        step: 40,
        promptId: 'd1',
        prompt: 'is2ok?',
        text: 'yes.',
        tokens: 4,
        finish: 'stop',
        reference: 'yes.',
      },
    ]);

    // The folder says by itself how dialogues are written, and where an answer ends.
    const trained = await localModel(taught);
    for (const [i, text] of answers.entries()) {
      for await (const answer of trained.generate([{ id: '1', text: `is${i}ok?` }], {
        chat: true,
        maxTokens: 9,
      }))
        expect(answer).toMatchObject({ text, finish: 'stop' });
    }
    expect(trained.chatText('hi')).toBe('<|user|>hi<|assistant|>');
    trained.dispose();
    const tokenizer = await loadTokenizer(taught);
    const [dialogue] = dialogues(1);
    const turns = dialogue?.messages as { role: 'user' | 'assistant'; content: string }[];
    expect(encodeDialogue({ id: 'd', turns }, tokenizer).ids).toEqual(
      tokenizer.encode('<|user|>is0ok?<|assistant|>no.<|end|>', { allowSpecial: true }),
    );
    expect(Object.values(ROLE_TOKENS).map(token => tokenizer.special[token])).toEqual([48, 49, 50, 51]);
  });

  test('stopped by Ctrl-C it says how to resume; the same command resumes, and once more does nothing', async () => {
    const data = await write('long.jsonl', dialogues(40));
    const flags = [
      '--model',
      model,
      '--data',
      data,
      '--no-packing',
      '--sequence-length',
      '16',
      '--learning-rate',
      '0.001',
    ];
    const more = ['--batch-size', '2', '--micro-batch-size', '1', '--format', 'role-tokens'];
    const whole = await run([...flags, ...more, '--epochs', '6', '--out', 'whole', '--json']);
    expect(whole.code, whole.err).toBe(0);

    const train = ['--epochs', '6', '--out', 'stopped'];
    const stopped = await run([...flags, ...more, ...train, '--json'], (line, child) => {
      if (JSON.parse(line).step === 1) child.kill('SIGINT');
    });
    expect(stopped.code).toBe(130);
    expect(rows(stopped.out).at(-1)).toMatchObject({ ended: 'interrupted', run: 'stopped/run' });
    expect(existsSync(join(folder, 'stopped', 'model.safetensors'))).toBe(false);
    const taken = rows(stopped.out).length - 1;
    expect(taken).toBeLessThan(120);

    // A batch system stops it by SIGTERM.
    const terminated = await run([...flags, ...more, ...train, '--json'], (line, child) => {
      const { step } = JSON.parse(line);
      if (step === taken + 9) child.kill('SIGTERM');
    });
    expect([terminated.code, terminated.err]).toEqual([130, '']);
    const steps = rows(terminated.out).slice(0, -1);
    expect(steps[0].step).toBe(taken + 1);
    expect(readdirSync(join(folder, 'stopped'))).toEqual(['run']);
    // No step that was taken is lost: each is in the checkpoint.
    const latest = await readFile(join(folder, 'stopped', 'run', 'checkpoints', 'latest'), 'utf8');
    expect(Number(latest.replace('step-', ''))).toBe(steps.at(-1).step);

    const again = await run([...flags, ...more, ...train]);
    expect([again.code, again.out]).toEqual([0, '']);
    expect(again.err).toMatch(
      /^fine-tune: 3840 of 3840 tokens, [\d.]+ tokens\/s, train loss \d\.\d{3}, \d\.\d GB\n/m,
    );
    expect(again.err).toMatch(
      /stopped: trained for 120 steps: train loss \d\.\d{4}; metrics in stopped\/run\n$/,
    );
    const weights = async (name: string) => {
      const file = await openSafetensors(join(folder, name));
      const values = [];
      for (const tensor of file.tensors.keys())
        values.push([tensor, Buffer.from((await file.read(tensor)).buffer).toString('hex')]);
      await file.close();
      return values;
    };
    expect(await weights('stopped')).toEqual(await weights('whole'));

    const done = await run([...flags, ...more, ...train, '--json']);
    expect([done.code, rows(done.out)]).toEqual([
      0,
      [expect.objectContaining({ steps: 120, ended: 'steps' })],
    ]);
    const other = await run([...flags, ...more, ...train, '--seed', '1']);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('was started with seed 0, got 1')]);
  });

  test('trains adapters on tokens, and saves them merged, and by themselves for PEFT', async () => {
    const ids = [5, 6, 7, 8, 9, 10, 11, 12];
    const data = await write('tokens.jsonl', [{ id: 'a', ids, lossMask: ids.map(() => 1) }]);
    const config = await write('lora.json', {
      ...{ model, data: ['tokens.jsonl'], out: '../adapted', learningRate: 0.01, steps: 5 },
      ...{ dropout: 0.1, lora: { rank: 2, alpha: 4, targets: ['q_proj', 'v_proj'] } },
    });
    const { code, err } = await run(['--config', config, '--lora-alpha', '8', '--data', data]);
    expect(code, err).toBe(0);
    const adapted = join(folder, 'adapted');
    const base = await loadModel(model);
    const adapters = await loadLora(join(adapted, 'adapter'), base);
    expect(adapters.weights['model.layers.0.self_attn.q_proj.lora_scale']?.arraySync()).toBe(4);
    const [merged, saved] = [mergeLora(adapters), await loadModel(adapted)];
    for (const [name, weight] of Object.entries(merged.weights)) {
      expect(saved.weights[name]?.dataSync()).toEqual(weight.dataSync());
    }
    tf.dispose([base.weights, adapters.weights, merged.weights, saved.weights]);
    const wrong = await run(['--config', config, '--lora-rank', '0']);
    expect(wrong.err).toBe('error: --lora-rank must be >= 1, got 0\n');
  });

  test('trains from scratch on documents, with the tokenizer of a folder', async () => {
    const data = await write(
      'documents.jsonl',
      Array.from({ length: 30 }, (_, id) => ({ id, text: `abc-abc-${id % 3}.` })),
    );
    const config = await write('scratch.json', {
      init: { architecture: 'gpt2', maxPositions: 16, hiddenSize: 16, layers: 1, heads: 2 },
      tokenizer: model,
      data: [data.replace('files/', '')],
      out: '../scratch',
      learningRate: 0.02,
      steps: 20,
      batchSize: 4,
    });
    const { code, out, err } = await run(['--config', config, '--json']);
    expect(code, err).toBe(0);
    const [first] = rows(out);
    expect(first.loss).toBeCloseTo(Math.log(48), 1);
    expect(rows(out).at(-1).loss).toBeLessThan(2.5);
    const { config: shape, weights } = await loadModel(join(folder, 'scratch'));
    expect(shape).toMatchObject({ architecture: 'gpt2', vocabSize: 48, intermediateSize: 64 });
    tf.dispose(weights);
  });
});

describe('a config', () => {
  const base = { model: 'm', data: ['d.jsonl'], out: 'o', learningRate: 1 };

  test.each([
    [{ ...base, learningRate: -1 }, 'files/wrong.json: learningRate must be > 0, got -1'],
    [
      { ...base, learningRte: 1 },
      'files/wrong.json: unknown option "learningRte"; did you mean "learningRate"?',
    ],
    [
      { ...base, schedule: 'step' },
      'files/wrong.json: schedule must be one of constant, linear, cosine, warmup-stable-decay, got "step"',
    ],
    [{ ...base, data: 'd.jsonl' }, 'files/wrong.json: data must be a list, got "d.jsonl"'],
    [
      { ...base, lora: { rnk: 1, rank: 1, alpha: 1 } },
      'files/wrong.json: unknown option "rnk" in lora; did you mean "rank"?',
    ],
  ])('%j is refused by path and value', async (value, message) => {
    const file = await write('wrong.json', value);
    expect(await run(['--config', file])).toEqual({
      code: 2,
      out: '',
      err: `error: ${message}\n`,
    });
  });

  test('that names no model is called wrongly', async () => {
    const file = await write('wrong.json', { ...base, model: undefined });
    expect(await run(['--config', file])).toEqual({
      code: 2,
      out: '',
      err: 'error: files/wrong.json: --model, or init and --tokenizer, is required, got none\n',
    });
  });

  test('that asks for samples names their prompts', async () => {
    const data = await write('documents.jsonl', [{ text: 'abc-abc.' }]);
    const flags = ['--model', model, '--data', data, '--out', 'o', '--learning-rate', '1'];
    expect(await run([...flags, '--sample-every', '1', '--eval-data', data])).toEqual({
      code: 2,
      out: '',
      err: `error: --sample-prompts, or dialogues in --eval-data, is required to sample, got ${data}\n`,
    });
  });

  test('is refused by the name of the flag where that is wrong', async () => {
    const flags = ['--model', model, '--data', 'none.jsonl', '--out', 'o'];
    expect((await run([...flags, '--batch-size', '0'])).err).toBe(
      'error: --batch-size must be >= 1, got 0\n',
    );
  });
});
