import { describe, expect, test } from 'vitest';
import { AnswerWriter, type WriterOptions } from '../../../src/serve/answer-writer.ts';
import type { Piece } from '../../../src/serve/job.ts';
import { gpt2Tokenizer } from '../../../src/tokenize/index.ts';

const tokenizer = await gpt2Tokenizer();

/** Writes the tokens of texts one by one, each described by its id, and collects what is sent on the way. */
function write(texts: string[], options: Partial<WriterOptions>) {
  const seen: [string, string[]][] = [];
  const onPiece = ({ text, tokens }: Piece) => seen.push([text, tokens.map(token => token.text)]);
  const writer = new AnswerWriter(tokenizer, { maxTokens: 100, stop: [], offset: 0, onPiece, ...options });
  for (const text of texts) {
    const [id = -1] = tokenizer.encode(text);
    if (!writer.ended) writer.add(id, offset => ({ text, offset, logprob: -1, top: [] }));
  }
  return { writer, seen };
}

describe('an answer', () => {
  test('is reported token by token, with the offset of each in code points', () => {
    const { writer, seen } = write(['One', ' two', '.'], { offset: 10 });
    writer.end('stop');
    expect(seen).toEqual([
      ['One', ['One']],
      [' two', [' two']],
      ['.', ['.']],
    ]);
    const { text, tokens, finish, count } = writer.written();
    expect([text, finish, count]).toEqual(['One two.', 'stop', 3]);
    expect(tokens.map(({ offset }) => offset)).toEqual([10, 13, 17]);
  });

  test('ends with the most tokens that are allowed', () => {
    const { writer } = write(['One', ' two', '.'], { maxTokens: 2 });
    expect(writer.ended).toBe(true);
    expect(writer.written()).toMatchObject({ text: 'One two', finish: 'length', count: 2 });
  });

  test('ends before a stop text, which is not reported, nor are the tokens behind it', () => {
    const { writer, seen } = write(['One', ' two', '\n', '##', ' three'], { stop: ['\n##', 'zzz'] });
    expect(seen.map(([text]) => text)).toEqual(['One', ' two']);
    expect(writer.written()).toMatchObject({ text: 'One two', finish: 'stop', count: 4 });
    expect(writer.written().tokens.map(({ text }) => text)).toEqual(['One', ' two']);
  });

  test('is held back only while a stop text may begin, and then reported with its tokens', () => {
    const { seen } = write(['One', '\n', '\n', ' two'], { stop: ['\n\n\n'] });
    expect(seen).toEqual([
      ['One', ['One']],
      ['\n\n two', ['\n', '\n', ' two']],
    ]);
  });

  test('keeps the part of a token before a stop text', () => {
    const { writer, seen } = write(['One', ' two'], { stop: ['wo'] });
    expect(seen).toEqual([
      ['One', ['One']],
      [' t', [' two']],
    ]);
    expect(writer.written().text).toBe('One t');
  });

  test('ends by a token that is no part of it, reported last and with no text', () => {
    const { writer, seen } = write(['One'], {});
    writer.end('stop', offset => ({ text: '<end>', offset, logprob: -2, top: [], ends: true }));
    writer.end('length');
    expect(seen.at(-1)).toEqual(['', ['<end>']]);
    expect(writer.written()).toMatchObject({ text: 'One', finish: 'stop', count: 1 });
    expect(writer.written().tokens.at(-1)).toMatchObject({ text: '<end>', offset: 3 });
  });
});
