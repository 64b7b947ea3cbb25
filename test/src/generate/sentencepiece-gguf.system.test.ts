import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { llamaCpp } from '../../../src/chat/llama-cpp.ts';
import { convertToGguf } from '../../../src/generate/index.ts';
import { loadVocabulary } from '../../../src/generate/load-vocabulary.ts';
import { initConfig, initialise, openGguf, saveModel } from '../../../src/model/index.ts';
import { onBackend } from '../../fixtures/backends.ts';

onBackend('cpu');

const FIXTURES = join(import.meta.dirname, '../tokenize/fixtures');

/** Pieces of the fixture, and rows of the embedding: some belong to no piece, as where its size is padded. */
const PIECES = 700;
const ROWS = 704;

let folder = '';
let theirs: LlamaModel;
let close: () => Promise<void>;

/** Saves a random model whose tokenizer is a SentencePiece model of the fixtures. */
async function savedModel(name: string): Promise<string> {
  const path = join(folder, name);
  const config = initConfig(
    { architecture: 'llama', maxPositions: 64, hiddenSize: 32, layers: 1, heads: 2 },
    ROWS,
  );
  await saveModel(path, { config, weights: initialise(config, 1) });
  await copyFile(join(FIXTURES, `${name}.model`), join(path, 'tokenizer.model'));
  await writeFile(
    join(path, 'tokenizer_config.json'),
    JSON.stringify({ bos_token: '<s>', eos_token: '</s>' }),
  );
  return path;
}

/** Texts of the fixtures, and the ids that SentencePiece gives. */
async function recorded(name: string): Promise<[text: string, ids: number[]][]> {
  const lines = (await readFile(join(FIXTURES, 'sentencepiece.jsonl'), 'utf8')).trim().split('\n');
  const found = lines.map(line => JSON.parse(line)).find(model => model.name === name);
  return found.encoded;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sentencepiece-'));
  const to = join(folder, 'llama.gguf');
  await convertToGguf(await savedModel('llama'), to, { type: 'F32' });
  const { llama } = await llamaCpp();
  theirs = await llama.loadModel({ modelPath: to });
  close = () => llama.dispose();
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

describe('a SentencePiece vocabulary written as GGUF', () => {
  test('gives in llama.cpp the ids that SentencePiece gives, for texts in many scripts', async () => {
    const texts = await recorded('llama');
    expect(texts.length).toBeGreaterThan(150);
    expect(texts.map(([text]) => [text, [...theirs.tokenize(text, false)]])).toEqual(texts);
  });

  test('gives the ids of its folder, with special tokens too, here and in llama.cpp', async () => {
    const [read, kept] = [
      await loadVocabulary(join(folder, 'llama.gguf')),
      await loadVocabulary(join(folder, 'llama')),
    ];
    for (const [text] of await recorded('llama')) {
      expect(read.tokenizer.encode(text)).toEqual(kept.tokenizer.encode(text));
      const marked = `<s>${text}</s>the`;
      const ids = kept.tokenizer.encode(marked, { allowSpecial: true });
      expect(read.tokenizer.encode(marked, { allowSpecial: true })).toEqual(ids);
      // llama.cpp takes the name of the unknown piece for a special token too.
      if (!text.includes('<unk>'))
        expect([marked, ...theirs.tokenize(marked, true)]).toEqual([marked, ...ids]);
    }
    expect([read.begin, read.ends]).toEqual([kept.begin, kept.ends]);
  });

  test.each([
    ['turned', 'found spaces after words'],
    ['unigram', "SentencePiece's bpe is required, found unigram"],
  ])('is refused where llama.cpp would read other ids: %s', async (name, found) => {
    const refused = convertToGguf(await savedModel(name), join(folder, `${name}.gguf`));
    await expect(refused).rejects.toThrow(found);
  });

  test('states a text, a type and a score for each row of the embedding', async () => {
    const { metadata, close } = await openGguf(join(folder, 'llama.gguf'));
    await close();
    const lists = ['tokens', 'token_type', 'scores'].map(name => metadata.get(`tokenizer.ggml.${name}`));
    expect(lists.map(list => Reflect.get(Object(list), 'length'))).toEqual([ROWS, ROWS, ROWS]);
    expect(theirs.tokenize('the [PAD701]', true)).toEqual(theirs.tokenize('the [PAD701]', false));
    expect(theirs.fileInfo.metadata.tokenizer.ggml.tokens[PIECES]).toBe('[PAD700]');
  });
});
