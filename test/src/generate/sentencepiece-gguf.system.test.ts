import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { llamaCpp } from '../../../src/chat/llama-cpp.ts';
import { convertToGguf } from '../../../src/generate/index.ts';
import { loadVocabulary } from '../../../src/generate/load-vocabulary.ts';
import { initConfig, initialise, openGguf, saveModel } from '../../../src/model/index.ts';
import { readSentencePieceModel } from '../../../src/tokenize/index.ts';
import { onBackend } from '../../fixtures/backends.ts';

onBackend('cpu');

const FIXTURES = join(import.meta.dirname, '../tokenize/fixtures');

/** Pieces of the fixture, and rows of the embedding: some belong to no piece, as where its size is padded. */
const PIECES = 700;
const ROWS = 704;

let folder = '';
let theirs: LlamaModel;
let close: () => Promise<void>;

/** Saves a random model without a tokenizer. */
async function savedWeights(name: string, rows: number): Promise<string> {
  const path = join(folder, name);
  const config = initConfig(
    { architecture: 'llama', maxPositions: 64, hiddenSize: 32, layers: 1, heads: 2 },
    rows,
  );
  await saveModel(path, { config, weights: initialise(config, 1) });
  await writeFile(
    join(path, 'tokenizer_config.json'),
    JSON.stringify({ bos_token: '<s>', eos_token: '</s>' }),
  );
  return path;
}

/** Saves a random model whose tokenizer is a SentencePiece model of the fixtures. */
async function savedModel(name: string): Promise<string> {
  const path = await savedWeights(name, ROWS);
  await copyFile(join(FIXTURES, `${name}.model`), join(path, 'tokenizer.model'));
  return path;
}

/** The same model as Transformers' converter states it in a `tokenizer.json`: pairs in the order of their scores. */
async function tokenizerJson() {
  const { pieces } = readSentencePieceModel(await readFile(join(FIXTURES, 'llama.model')));
  const known = new Set(pieces.map(({ text }) => text));
  const merges = pieces
    .filter(({ type }) => type === 'normal')
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ text }) =>
      Array.from({ length: text.length - 1 }, (_, i) => [text.slice(0, i + 1), text.slice(i + 1)]),
    )
    .filter(pair => pair.every(part => known.has(part)));
  const added = { special: true, lstrip: false, rstrip: false, single_word: false, normalized: false };
  return {
    added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, ...added })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    } as object | null,
    pre_tokenizer: null as object | null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(pieces.map(({ text }, id): [string, number] => [text, id])),
      merges,
    },
  };
}

type TokenizerJson = Awaited<ReturnType<typeof tokenizerJson>>;

/** Converts a random model with a `tokenizer.json` and no other tokenizer. */
async function converted(name: string, json: TokenizerJson): Promise<string> {
  const path = await savedWeights(name, PIECES + 4);
  await writeFile(join(path, 'tokenizer.json'), JSON.stringify(json));
  await convertToGguf(path, `${path}.gguf`, { type: 'F32' });
  return `${path}.gguf`;
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

describe('a tokenizer.json in the style of SentencePiece, without the model itself, written as GGUF', () => {
  test('gives in llama.cpp, and here, the ids that SentencePiece gives', async () => {
    const path = await converted('json', await tokenizerJson());
    const { llama } = await llamaCpp();
    const [theirs, ours] = [await llama.loadModel({ modelPath: path }), await loadVocabulary(path)];
    const kept = await loadVocabulary(join(folder, 'json'));
    for (const [text, ids] of await recorded('llama')) {
      expect([text, ...theirs.tokenize(text, false)]).toEqual([text, ...ids]);
      expect([text, ...ours.tokenizer.encode(text)]).toEqual([text, ...ids]);
      const marked = `<s>${text}</s>the`;
      const read = kept.tokenizer.encode(marked, { allowSpecial: true });
      if (!text.includes('<unk>'))
        expect([marked, ...theirs.tokenize(marked, true)]).toEqual([marked, ...read]);
    }
    await llama.dispose();
  });

  test('without a space before a text, with runs of spaces as added tokens, gives those of its folder', async () => {
    const json = await tokenizerJson();
    const { vocab, merges } = json.model;
    // Learned as a piece, or new.
    const runs = [2, 3, 4].map((length, i) => ({
      content: '▁'.repeat(length),
      id: vocab['▁'.repeat(length)] ?? PIECES + i,
    }));
    const defined = { special: false, lstrip: false, rstrip: false, single_word: false, normalized: false };
    const pairs = runs
      .toReversed()
      .flatMap(({ content: { length } }) =>
        Array.from({ length: length - 1 }, (_, i) => ['▁'.repeat(length - 1 - i), '▁'.repeat(i + 1)]),
      );
    const path = await converted('runs', {
      ...json,
      added_tokens: [...json.added_tokens, ...runs.map(run => ({ ...run, ...defined }))],
      normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      model: {
        ...json.model,
        vocab: { ...vocab, ...Object.fromEntries(runs.map(({ content, id }) => [content, id])) },
        merges: [...pairs, ...merges.filter(pair => !/^▁+$/.test(pair.join('')))],
      },
    });
    const { llama } = await llamaCpp();
    const [theirs, ours] = [await llama.loadModel({ modelPath: path }), await loadVocabulary(path)];
    const kept = await loadVocabulary(join(folder, 'runs'));
    const texts = [
      'the  dog',
      '   and   the',
      'a        b',
      'x\n    if',

      // A text that holds the mark of a space itself is another to llama.cpp than with a space.
      ...(await recorded('llama')).map(([text]) => text).filter(text => !text.includes('▁')),
    ];
    for (const text of texts) {
      const ids = kept.tokenizer.encode(text);
      expect([text, ...ours.tokenizer.encode(text)]).toEqual([text, ...ids]);
      expect([text, ...theirs.tokenize(text, false)]).toEqual([text, ...ids]);
    }
    expect(theirs.detokenize(theirs.tokenize('the    dog', false))).toContain('    ');
    await llama.dispose();
  });

  test.each<[string, (json: TokenizerJson) => TokenizerJson]>([
    [
      'puts one before every text or none is required',
      json => ({
        ...json,
        normalizer: null,
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false },
      }),
    ],
    ['a model without "ignore_merges"', json => ({ ...json, model: { ...json.model, ignore_merges: true } })],
    [
      'a merge for each pair that makes a piece',
      json => ({ ...json, model: { ...json.model, merges: json.model.merges.slice(0, -1) } }),
    ],
    [
      'merges of one piece that follow one another',
      json => ({
        ...json,
        model: { ...json.model, merges: [...json.model.merges, json.model.merges[0] ?? []] },
      }),
    ],
    [
      'an added token as it is written',
      json => ({ ...json, added_tokens: json.added_tokens.map(token => ({ ...token, rstrip: true })) }),
    ],
  ])('is refused where no scores state the same: %s', async (reason, change) => {
    await expect(converted('other', change(await tokenizerJson()))).rejects.toThrow(reason);
  });
});
