import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildWorld, corpus, WORLD_SIZES, wordEncoder, worldTokenizer } from '../../../src/world/index.ts';
import { loadTokenizerFrom } from './tokenizer-of.ts';

const world = buildWorld(1, WORLD_SIZES.tiny);
const documents = corpus(world);
const json = worldTokenizer(documents);
const tokenizer = await loadTokenizerFrom(json);
const nameOf = (kind: string) => world.entities.find(entity => entity.kind === kind)?.name ?? '';

describe("a world's tokenizer", () => {
  test('gives every text back', () => {
    const texts = [
      ...documents.slice(0, 200),
      ...['Ünknown wörds 🦔\n\n\ttabs  and 12345', '\n a', '', ' ', '  two', '\n', '\n \n', '( )', '( a)'],
      ...['""a"" "b" " c', 'a\n)', '\n )', '\n"x" y', '("a b")', '\t(\t"a'],
    ];
    for (const text of texts) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    const characters = fc.constantFrom(...' \n\t(")1a', 'né', 'name', '🦔');
    fc.assert(
      fc.property(fc.array(characters), parts => {
        expect(tokenizer.decode(tokenizer.encode(parts.join('')))).toBe(parts.join(''));
      }),
    );
  });

  test('has one token for a name, in every place', () => {
    for (const kind of ['city', 'country', 'company', 'product', 'book']) {
      const name = nameOf(kind);
      const [token, ...more] = tokenizer.encode(name);
      expect(more).toEqual([]);
      const texts = [
        ...[`Who knows ${name}?`, `Look:\n${name}`, `Look:\n\n${name} is`, `1. ${name}`, `A: ${name}`],
        ...[`Look (${name}) there`, `He said "${name}" again`, `"${name}"`, `("${name}")`, `x\n"${name} a"`],
      ];
      for (const text of texts)
        expect([text, tokenizer.encode(text).filter(id => id === token)]).toEqual([text, [token]]);
    }
    expect(tokenizer.encode(nameOf('person'))).toHaveLength(2);
  });

  test('places each token in the text', () => {
    const name = nameOf('city');
    const text = `On:\n(${name})`;
    const { ids, offsets } = tokenizer.encodeWithOffsets(text);
    const [token] = tokenizer.encode(name);
    expect(offsets[ids.indexOf(token ?? -1)]).toEqual([5, 5 + name.length]);
  });

  test('has one token for a digit, and distinguishes texts from special tokens', () => {
    const name = nameOf('company');
    const [token] = tokenizer.encode(name);
    expect(tokenizer.encode(`<|assistant|>${name}<|end|>`, { allowSpecial: true })).toEqual([
      tokenizer.special['<|assistant|>'],
      token,
      tokenizer.special['<|end|>'],
    ]);
    expect(tokenizer.encode('1905')).toHaveLength(4);
    expect(Object.keys(tokenizer.special)).toEqual([
      '<|endoftext|>',
      '<|system|>',
      '<|user|>',
      '<|assistant|>',
      '<|end|>',
    ]);
    expect(tokenizer.vocabSize).toBeLessThan(1500);
  });
});

test('wordEncoder() encodes as the tokenizer does, and refuses a word that it does not know', () => {
  const encode = wordEncoder(json);
  for (const document of [...documents.slice(0, 300), '']) {
    expect(encode(document)).toEqual(tokenizer.encode(document));
  }
  expect(() => encode('The Unheardof came.')).toThrow('Cannot encode " Unheardof"');
});
