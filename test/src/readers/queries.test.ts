import { describe, expect, it } from 'vitest';
import { parseQueries } from '../../../src/readers/index.ts';

const texts = (text: string, name: string, field?: string) =>
  parseQueries(text, name, field).map(row => row.text);

describe('parseQueries', () => {
  it.each([
    ['JSON Lines', 'a.jsonl', '{"text": "one"}\n\n{"text": "two"}\n'],
    ['JSON Lines under another name', 'a.txt', '{"text": "one"}\n{"text": "two"}'],
    ['a JSON array', 'a.json', '[{"prompt": "one"}, {"question": "two"}]'],
    ['CSV', 'a.csv', 'id,text\n1,one\n2,two\n'],
    ['lines', 'a.txt', '\ufeffone\r\n\r\n  \ntwo\r\n'],
    [
      'dialogues',
      'a.jsonl',
      '{"turns": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "one"}]}\n{"turns": [{"role": "assistant", "content": "Hi"}]}\n{"turns": [{"role": "user", "content": "two"}, {"role": "user", "content": "three"}]}',
    ],
  ])('reads %s', (_, name, text) => {
    expect(texts(text, name)).toEqual(['one', 'two']);
  });

  it('reads a JSON file of one row, such as a dialogue of ShareGPT', () => {
    const dialogue =
      '{\n"conversations": [{"from": "gpt", "value": "Hi"}, {"from": "human", "value": "one"}]}';
    expect(texts(dialogue, 'a.json')).toEqual(['one']);
  });

  it('takes Alpaca’s input for part of the query, but not of a field by name', () => {
    const row = '[{"instruction": "Sort", "input": "b a", "output": "a b"}]';
    expect(texts(row, 'a.json')).toEqual(['Sort\n\nb a']);
    expect(texts(row, 'a.json', 'instruction')).toEqual(['Sort']);
  });

  it('keeps lines that merely begin with a brace, and each row as it was', () => {
    expect(texts('{x} means a set\nwhy', 'a.txt')).toEqual(['{x} means a set', 'why']);
    expect(parseQueries('{"id": 7, "text": "one"}', 'a.jsonl')[0]?.row).toEqual({ id: 7, text: 'one' });
    expect(parseQueries('', 'a.txt')).toEqual([]);
  });

  it('names file and line of a row without a query', () => {
    expect(() => parseQueries('{"text": "one"}\n{"id": 2}', 'a.jsonl')).toThrow(
      'Cannot read a.jsonl:2: a text under text, prompt, instruction, question is required, found {"id":2}',
    );
    expect(() => parseQueries('{"text": 1}', 'a.jsonl')).toThrow('a string under "text"');
    expect(() => parseQueries('{"a": "x"}', 'a.jsonl', 'b')).toThrow('a text under b');
    expect(() => parseQueries('{\n"a": "x"}', 'a.json')).toThrow('Cannot read a.json: a text under text');
  });
});
