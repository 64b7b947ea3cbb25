import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ggufTokenizerJson } from '../../../src/tokenize/gguf-tokenizer.ts';
import { loadTokenizer } from '../../../src/tokenize/load-tokenizer.ts';
import { gpt2Metadata } from './gpt2-vocabulary.ts';

const folder = () => mkdtemp(join(tmpdir(), 'tokenizer-'));
const LLAMA = join(import.meta.dirname, 'fixtures', 'llama.model');

test("a model's folder gives its tokenizer.json", async () => {
  const path = await folder();
  await copyFile(LLAMA, join(path, 'tokenizer.model'));
  await writeFile(join(path, 'tokenizer.json'), JSON.stringify(ggufTokenizerJson(gpt2Metadata())));
  expect((await loadTokenizer(path)).encode('Hello world')).toEqual([15496, 995]);
});

test('where there is none, it gives its SentencePiece model', async () => {
  const path = await folder();
  await copyFile(LLAMA, join(path, 'tokenizer.model'));
  expect((await loadTokenizer(path)).special).toEqual({ '<s>': 1, '</s>': 2 });
});

test('a folder without a tokenizer, and a broken file, are named', async () => {
  const path = await folder();
  await expect(loadTokenizer(path)).rejects.toThrow(
    `Cannot load a tokenizer from ${path}: it must hold tokenizer.json or tokenizer.model, it holds neither`,
  );
  await writeFile(join(path, 'tokenizer.json'), '{"model":');
  await expect(loadTokenizer(path)).rejects.toThrow(`Cannot load ${join(path, 'tokenizer.json')}: `);
});
