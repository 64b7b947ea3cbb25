import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { llamaTokenizer } from '../../../src/tokenize/llama.ts';
import { growth } from '../../fixtures/growth.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const file = (name: string) => readFileSync(join(FIXTURES, `${name}.model`));

interface Recorded {
  name: string;
  encoded: [text: string, ids: number[]][];
  decoded: [ids: number[], text: string][];
}

/** What Python's SentencePiece made of texts and ids; `test/references/tokenize-fixtures.py` records it. */
const recorded = readFileSync(join(FIXTURES, 'sentencepiece.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Recorded => JSON.parse(line));

describe.each(recorded)('the SentencePiece model "$name"', ({ name, encoded, decoded }) => {
  const tokenizer = llamaTokenizer(file(name));

  test('encodes as SentencePiece does', () => {
    expect(encoded.length).toBeGreaterThan(150);
    expect(encoded.map(([text]) => [text, tokenizer.encode(text)])).toEqual(encoded);
  });

  test('decodes as SentencePiece does', () => {
    const plain = decoded.filter(([ids]) => ids.every(id => !Object.values(tokenizer.special).includes(id)));
    expect(plain.length).toBeGreaterThan(90);
    expect(plain.map(([ids]) => [ids, tokenizer.decode(ids, { skipSpecial: true })])).toEqual(plain);
  });
});

describe("LLaMA's tokenizer", () => {
  const tokenizer = llamaTokenizer(file('llama'));

  test('writes what it has no piece for as bytes, and spaces as ▁', () => {
    const ids = tokenizer.encode('the 😀');
    expect(ids.map(id => tokenizer.tokenText(id))).toEqual([
      '▁the',
      '▁',
      '<0xF0>',
      '<0x9F>',
      '<0x98>',
      '<0x80>',
    ]);
    expect(tokenizer.decode(ids)).toBe('the 😀');
    expect(tokenizer.decode(ids.slice(0, -1))).toBe('the \ufffd\ufffd\ufffd');
  });

  test('takes a lone surrogate for U+FFFD', () => {
    expect(tokenizer.encode('a\ud83d b')).toEqual(tokenizer.encode('a\ufffd b'));
  });

  test('finds control pieces in a text only if they are allowed', () => {
    expect(tokenizer.special).toEqual({ '<s>': 1, '</s>': 2 });
    expect(tokenizer.encode('</s>')).not.toContain(2);
    const ids = tokenizer.encode('<s>the</s>', { allowSpecial: true });
    expect(ids).toEqual([1, ...tokenizer.encode('the'), 2]);
    expect(tokenizer.decode(ids)).toBe('<s>the</s>');
    expect(tokenizer.decode(ids, { skipSpecial: true })).toBe('the');
  });

  test('encodes a run of spaces in time that grows less than with its square', () => {
    const run = ' '.repeat(100_000);
    const sizes = { small: run.slice(0, 10_000), large: run, factor: 10 };
    const [ids, exponent] = growth(text => tokenizer.encode(text), sizes);
    expect(exponent).toBeLessThan(1.6);
    expect(tokenizer.decode(ids)).toBe(run);
  });

  test('refuses ids that it does not have', () => {
    expect(() => tokenizer.decode([tokenizer.vocabSize])).toThrow(RangeError);
  });

  test('refuses files that are no models of its kind', () => {
    expect(() => llamaTokenizer(Buffer.from('not a model'))).toThrow('Cannot read the SentencePiece model: ');
    expect(() => llamaTokenizer(new Uint8Array())).toThrow('one piece must be the unknown one');
    expect(() => llamaTokenizer(file('llama').subarray(0, 5000))).toThrow(
      /a field of \d+ bytes begins at byte/,
    );
    expect(() => llamaTokenizer(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f]))).toThrow(
      'a field of 34359738367 bytes begins at byte 6 of 6',
    );
  });
});
