import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveBackend } from '../../../src/compute/index.ts';
import { convertModel, localModel } from '../../../src/generate/index.ts';
import { openSafetensors } from '../../../src/model/index.ts';
import { expectTensorsFreed } from '../../fixtures/backends.ts';
import { tinyGguf, tinyModel } from '../../fixtures/tiny-model.ts';

let folder = '';
let gguf = '';
let source = '';

beforeAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
  gguf = await tinyGguf(folder);
  source = await tinyModel();
});
afterAll(() => Promise.all([folder, source].map(each => rm(each, { recursive: true }))));

expectTensorsFreed();

/** What a model says and scores, and how it writes a chat. */
async function reported(path: string) {
  const model = await localModel(path, { name: 'tiny' });
  const answers: (string | null)[] = [];
  const asked = ['hello', 'x1', 'why?'].map((text, id) => ({ id: `${id}`, text }));
  for await (const { promptId, text } of model.generate(asked, { maxTokens: 8, chat: true }))
    answers[Number(promptId)] = text;
  const scores = await model.score('abc', ['d', 'xyz']);
  const { ends, begin } = model.vocabulary;
  const found = {
    answers,
    chat: model.chatText('hi'),
    ends: [...ends].sort(),
    begin,
    ids: model.encode('abcd'),
  };
  model.dispose();
  return { ...found, scores };
}

const json = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

describe('a GGUF file', () => {
  test('runs by itself, with the tokenizer, the special tokens and the template that it carries', async () => {
    const { answers, chat, ends, begin, ids } = await reported(gguf);
    expect(answers.join('').length).toBeGreaterThan(3);
    // <s>, ab, cd.
    expect([chat, ends, begin, ids]).toEqual(['<s><user>hi<bot>', [1, 2], 0, [0, 46, 47]]);
  });

  test('becomes a folder that says the same', async () => {
    const to = join(folder, 'from-gguf');
    const progress: number[] = [];
    const files = await convertModel(gguf, to, {
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(files.map(file => file.slice(to.length + 1)).sort()).toEqual((await readdir(to)).sort());
    expect(await reported(to)).toEqual(await reported(gguf));
    expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
    expect(await json(join(to, 'config.json'))).toMatchObject({
      ...{ model_type: 'llama', torch_dtype: 'float32', bos_token_id: 0, eos_token_id: 1 },
    });
    expect(await json(join(to, 'generation_config.json'))).toEqual({ bos_token_id: 0, eos_token_id: [1, 2] });
  });

  test('with a vocabulary that has no tokenizer.json is refused before anything is written', async () => {
    const to = join(folder, 'refused');
    const other = await tinyGguf(folder, 'llama');
    await expect(convertModel(other, to)).rejects.toThrow(
      'Cannot convert the tokenizer: byte-level BPE ("gpt2") is required, found "llama"',
    );
    expect(await readdir(to)).toEqual([]);
  });
});

describe('a folder', () => {
  test('becomes one of shards in another type, and whole again, with all files beside the weights', async () => {
    const [sharded, whole] = [join(folder, 'sharded'), join(folder, 'whole')];
    await convertModel(source, sharded, { type: 'F16', maxShardBytes: 3000 });
    expect((await readdir(sharded)).filter(name => /^model-/.test(name)).length).toBeGreaterThan(2);
    await convertModel(sharded, whole);
    const [first, second] = await Promise.all([sharded, whole].map(openSafetensors));
    for (const name of first?.tensors.keys() ?? [])
      expect(await second?.read(name)).toEqual(await first?.read(name));
    expect([...(first?.tensors.values() ?? [])].every(({ type }) => type === 'F16')).toBe(true);
    await Promise.all([first?.close(), second?.close()]);
    const { torch_dtype, ...config } = await json(join(whole, 'config.json'));
    expect(torch_dtype).toBe('float32');
    const { torch_dtype: _, dtype: __, ...before } = await json(join(source, 'config.json'));
    expect(config).toEqual(before);
    for (const name of ['tokenizer.json', 'tokenizer_config.json'])
      expect(await json(join(whole, name))).toEqual(await json(join(source, name)));
    expect((await reported(whole)).chat).toBe('<s><user>hi<bot>');
  });

  test('is not written over itself', async () => {
    await expect(convertModel(source, join(source, '.'))).rejects.toThrow(
      `Cannot convert ${source}: another folder is required to write to, found the same`,
    );
  });

  test('is not written on once it is stopped', async () => {
    const stopped = AbortSignal.abort(new Error('enough'));
    const to = join(folder, 'stopped');
    await expect(convertModel(source, to, { signal: stopped })).rejects.toThrow('enough');
    expect(await readdir(to)).toEqual([]);
  });
});
