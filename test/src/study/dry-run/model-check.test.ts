import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { modelCheck } from '../../../../src/study/dry-run/model-check.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a server', () => {
  beforeEach(() => {
    vi.stubEnv('OPENAI_API_KEY', '');
    vi.stubEnv('JUDGE_KEY', 'secret');
  });
  afterEach(() => vi.unstubAllEnvs());

  const state = async (options: Parameters<typeof modelCheck>[1]) =>
    (await modelCheck('judge', options)).state;
  const far = { model: 'https://models.example.org/v1', modelName: 'large' };

  test('elsewhere requires a key', async () => {
    expect(await modelCheck('judge', far)).toEqual({
      what: 'judge',
      state: 'missing',
      required: "a model's name, and a key in OPENAI_API_KEY if https://models.example.org/v1 wants one",
      found: 'large, no key; it is not asked here',
    });
    vi.stubEnv('OPENAI_API_KEY', 'secret');
    expect(await state(far)).toBe('ok');
  });

  test('requires the key in the variable that the config names', async () => {
    expect(await state({ ...far, apiKeyEnv: 'JUDGE_KEY' })).toBe('ok');
    expect(await state({ ...far, apiKeyEnv: 'OTHER_KEY' })).toBe('missing');
  });

  test('on this machine, or with headers of its own, requires none', async () => {
    expect(await state({ model: 'http://127.0.0.1:8000/v1', modelName: 'qwen' })).toBe('ok');
    expect(await state({ model: 'http://localhost:11434/v1', modelName: 'qwen' })).toBe('ok');
    expect(await state({ ...far, headers: { 'api-key': 'secret' } })).toBe('ok');
  });

  test('requires the name of a model', async () => {
    expect(await state({ model: 'http://127.0.0.1:8000/v1' })).toBe('missing');
  });
});

describe('a model on the disk', () => {
  test('is missing where its folder holds no weights', async () => {
    await writeFile(join(folder, 'tokenizer.json'), '{}');
    expect(await modelCheck('judge', { model: folder })).toMatchObject({
      state: 'missing',
      found: 'no config.json, no .safetensors',
    });
    expect(await modelCheck('judge', { model: join(folder, 'none') })).toMatchObject({
      state: 'missing',
      found: 'no such file or folder',
    });
  });

  test('that holds answers must have some, and is noted where it lacks others', async () => {
    const answers = join(folder, 'answers.jsonl');
    await writeFile(
      answers,
      `${JSON.stringify({ id: 'a', prompt: 'Question a?', model: 'teacher', text: 'Yes.' })}\n`,
    );
    const prompt = (id: string) => ({ id, text: `Question ${id}?`, source: 'made up' });
    expect(await modelCheck('teacher', { model: answers }, [prompt('a')])).toMatchObject({
      state: 'ok',
      found: '1 of 1',
    });
    expect(await modelCheck('teacher', { model: answers }, [prompt('a'), prompt('b')])).toMatchObject({
      state: 'note',
      found: '1 of 2',
    });
    expect(await modelCheck('teacher', { model: answers }, [prompt('c')])).toMatchObject({
      state: 'missing',
    });
  });
});
