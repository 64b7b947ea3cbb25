import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { type GenerateOptions, ggufModel } from '../../../src/chat/index.ts';
import { llamaCpp } from '../../../src/chat/llama-cpp.ts';
import { smollm2, withSmollm2 } from '../../fixtures/smollm2.ts';

const path = await smollm2();

describe('SmolLM2 through llama.cpp', withSmollm2(path), async () => {
  const model = path === undefined ? undefined : await ggufModel(path, { contextSize: 512 });
  afterAll(() => model?.dispose());

  async function ask(texts: string[], options: GenerateOptions = {}) {
    const prompts = texts.map((text, index) => ({ id: String(index), text }));
    const answers = new Map();
    for await (const answer of model?.generate(prompts, options) ?? []) answers.set(answer.promptId, answer);
    return prompts.map(({ id }) => answers.get(id));
  }

  test('a chat is written by the template in the file, its system turn included', () => {
    expect(model?.chatText('Who wrote "Hamlet"?')).toBe(
      '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' +
        '<|im_start|>user\nWho wrote "Hamlet"?<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  test('greedy answers are the same each time, in any company', async () => {
    const texts = ['Name three colours.', 'Who wrote Hamlet?', 'What is two plus two?'];
    const options = { chat: true, maxTokens: 16 };
    const start = performance.now();
    const first = await ask(texts, options);
    const latency = expect.any(Number);
    expect(await ask(texts.toReversed(), options)).toEqual(
      first.toReversed().map((answer, index) => ({ ...answer, promptId: String(index), latency })),
    );
    // One prompt is answered at a time: the others' time is none of its own.
    for (const each of first) expect(each.latency).toBeGreaterThan(0);
    const together = first.reduce((sum, each) => sum + each.latency, 0);
    expect(together).toBeLessThan((performance.now() - start) / 1000);
    expect(first[1]).toMatchObject({ model: 'SmolLM2-135M-Instruct.Q4_1.gguf', evidence: 'live' });
    expect(first[1].text).toContain('Shakespeare');
  });

  test('raw text is continued unchanged, special tokens among it', async () => {
    const [fact, turn] = await ask(
      [
        'The capital of France is',
        '<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n',
      ],
      { maxTokens: 12 },
    );
    expect(fact).toMatchObject({ tokens: 12, finish: 'length' });
    expect(fact.text).toMatch(/^ Paris\b/);
    // The token that ends the turn is neither counted nor shown.
    expect(turn).toMatchObject({ text: 'The capital of France is Paris.', tokens: 7, finish: 'stop' });
  });

  test('a stop text ends the answer before it', async () => {
    const counting = ['One, two, three, four,'];
    const [whole] = await ask(counting, { maxTokens: 12 });
    expect(whole.text).toContain(' six');
    const [cut] = await ask(counting, { maxTokens: 12, stop: ['nothing', ' six'] });
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(' six')));
    expect(cut.finish).toBe('stop');
  });

  test('sampling repeats itself for a seed, and differs for another', async () => {
    const story = (seed: number) => ask(['Once upon a time'], { temperature: 1, seed, maxTokens: 16 });
    const [[first], [again], [other]] = [await story(1), await story(1), await story(2)];
    expect(again.text).toBe(first.text);
    expect(other.text).not.toBe(first.text);
  });

  test('a small share of the probability leaves only the likeliest tokens', async () => {
    const [greedy] = await ask(['Once upon a time'], { maxTokens: 16 });
    const [sampled] = await ask(['Once upon a time'], { maxTokens: 16, temperature: 1, topP: 1e-6, seed: 9 });
    expect(sampled.text).toBe(greedy.text);
  });

  test('a prompt longer than the context fails, and the others are unaffected', async () => {
    const [long, short, empty] = await ask(['word '.repeat(600), 'The capital of France is', ''], {
      maxTokens: 2,
    });
    expect(long.text).toBeNull();
    expect(long.error?.message).toMatch(
      /^Cannot answer a prompt of 60\d tokens: 1 to 511 are required in a context of 512$/,
    );
    expect(short.text).toMatch(/^ Paris/);
    expect(empty.error?.message).toContain('a prompt of 0 tokens');
  });

  test('an answer ends where the context is full, so that its beginning is never forgotten', async () => {
    // 500 words are 500 tokens.
    const [full] = await ask(['word '.repeat(500).trim()], { maxTokens: 100 });
    expect(full).toMatchObject({ finish: 'length', tokens: 12 });
  });

  test('an abort stops in the middle of an answer, and the model can be asked again', async () => {
    const stop = new AbortController();
    const timed = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return performance.now() - started;
    };
    const tokens = (maxTokens: number) => ({ maxTokens, temperature: 1, signal: stop.signal });
    const twenty = await timed(() => ask(['Once upon a time'], tokens(20)));
    setTimeout(() => stop.abort(new Error('enough')), twenty);
    const stopped = await timed(() =>
      expect(ask(['Once upon a time', 'Tell me'], tokens(400))).rejects.toThrow('enough'),
    );
    // Both answers would be 40 times as long.
    expect(stopped).toBeLessThan(20 * twenty);
    const [fact] = await ask(['The capital of France is'], { maxTokens: 1 });
    expect(fact.text).toBe(' Paris');
  });

  test('several prompts at a time all get their answer', async () => {
    const several = await ggufModel(path ?? '', { contextSize: 256, concurrency: 3, name: 'small' });
    const prompts = ['France', 'Italy', 'Spain', 'Russia', 'Japan'].map(text => ({
      id: text,
      text: `The capital of ${text} is`,
    }));
    const capitals: Record<string, string> = {};
    for await (const { promptId, text, model } of several.generate(prompts, { maxTokens: 2 })) {
      expect(model).toBe('small');
      capitals[promptId] = text?.trim() ?? '';
    }
    await several.dispose();
    expect(capitals).toMatchObject({
      France: expect.stringContaining('Paris'),
      Italy: expect.stringContaining('Rome'),
    });
    expect(Object.keys(capitals)).toHaveLength(5);
  });
});

test('disposing of a model stops it in the middle of an answer', withSmollm2(path), async () => {
  const model = await ggufModel(path ?? '', { contextSize: 512 });
  const prompts = Array.from({ length: 20 }, (_, id) => ({ id: String(id), text: 'Once' }));
  const freed = 'Cannot generate with SmolLM2-135M-Instruct.Q4_1.gguf: its memory was freed';
  let answers = 0;
  const run = async () => {
    for await (const { text } of model.generate(prompts, { maxTokens: 30, temperature: 1 })) {
      expect(text).not.toBeNull();
      answers += 1;
      // The next prompt is being answered by now.
      await model.dispose();
    }
  };
  await expect(run()).rejects.toThrow(freed);
  expect(answers).toBeLessThan(prompts.length);
  await expect(run()).rejects.toThrow(freed);
});

describe('what is missing', () => {
  test('without node-llama-cpp, the error gives the command that installs it', async () => {
    const absent = () => Promise.reject(new Error("Cannot find package 'node-llama-cpp'\nfrom here"));
    await expect(llamaCpp(absent)).rejects.toThrow(
      /^Cannot run GGUF models: node-llama-cpp and its binary are required \(Cannot find package 'node-llama-cpp'\); install them with `npm install --omit=optional node-llama-cpp@3\.21\.1( @node-llama-cpp\/[a-z0-9-]+@3\.21\.1)?`$/,
    );
  });

  test('a file that is not there, and one that is no model, are named', async () => {
    await expect(ggufModel('/nowhere/a.gguf')).rejects.toThrow(
      'Cannot open /nowhere/a.gguf: a GGUF file is required, found none',
    );
    const file = join(await mkdtemp(join(tmpdir(), 'gguf-')), 'text.gguf');
    await writeFile(file, 'This is no model.');
    await expect(ggufModel(file)).rejects.toThrow(
      `Cannot read ${file}: "GGUF" at its start is required, found "This"`,
    );
  });

  test('a file of 24 bytes that states 2^32 metadata values is refused before llama.cpp believes it', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'gguf-')), 'hostile.gguf');
    const header = Buffer.alloc(24);
    header.write('GGUF');
    header.writeUInt32LE(3, 4);
    header.writeBigUInt64LE(2n ** 32n, 16);
    await writeFile(file, header);
    await expect(ggufModel(file)).rejects.toThrow(
      'at most 0 metadata values at byte 16 is required, found 4294967296',
    );
  });
});

test('importing the library does not load llama.cpp', async () => {
  const index = new URL('../../../dist/index.js', import.meta.url).href;
  const recorded = join(import.meta.dirname, '../../golden/models/gpt2/model.gguf');
  const hooks = `export const resolve = (name, context, next) => {
    if (name.startsWith('node-llama-cpp')) throw new Error('loaded ' + name);
    return next(name, context);
  };`;
  const script = `
    import { register } from 'node:module';
    register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hooks))});
    const { ggufModel } = await import('${index}');
    console.log(typeof ggufModel, await ggufModel('${recorded}').catch(error => error.message));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  // The import went well; opening a model is what loads it.
  expect(stdout).toMatch(/^function Cannot run GGUF models: .*\(loaded node-llama-cpp\)/);
});
