import { describe, expect, test } from 'vitest';
import { parseCsv, parseJsonl, ReadError } from '../../../src/readers/index.ts';

describe('JSON Lines', () => {
  test('a broken line 17 is named with its file and the beginning of its text', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `{"id": ${index}}`);
    lines[16] = '{"id": 16, "text": "cut of';
    expect(() => parseJsonl(lines.join('\n'), 'answers.jsonl')).toThrow(
      'Cannot read answers.jsonl:17: one JSON object on the line is required, found "{"id": 16, "text": "cut of"',
    );
  });

  test('the error shows no more than 80 characters of a long line', () => {
    const error = catchError(() => parseJsonl(`{"text": "${'x'.repeat(1_000_000)}`, 'long.jsonl'));
    expect(error.reason).toBe(
      `one JSON object on the line is required, found "{"text": "${'x'.repeat(70)}…"`,
    );
  });

  test('a byte order mark, CRLF line ends and blank lines are tolerated, and lines keep their numbers', () => {
    expect(parseJsonl('\uFEFF{"a": 1}\r\n\r\n  \r\n{"a": 2}\r\n', 'a.jsonl')).toEqual([
      { at: 'a.jsonl:1', value: { a: 1 } },
      { at: 'a.jsonl:4', value: { a: 2 } },
    ]);
  });

  test('U+2028 inside a string does not end a line', () => {
    expect(parseJsonl('{"a": "x\u2028y"}', 'a.jsonl')[0]?.value).toEqual({ a: 'x\u2028y' });
  });

  test('a line that holds no object is refused', () => {
    expect(() => parseJsonl('{"a": 1}\n[1, 2]', 'a.jsonl')).toThrow(
      'Cannot read a.jsonl:2: a JSON object is required, found [1,2]',
    );
  });
});

describe('CSV', () => {
  test('cells keep commas, quotes and line breaks, and an empty cell is null', () => {
    expect(parseCsv('id,text\r\n1,"a, ""b""\r\nc"\r\n2,\r\n', 'a.csv')).toEqual([
      { at: 'a.csv:2', value: { id: '1', text: 'a, "b"\r\nc' } },
      { at: 'a.csv:4', value: { id: '2', text: null } },
    ]);
  });

  test('a row with a cell too many is named by its line, after cells that hold line breaks', () => {
    expect(() => parseCsv('id,text\n1,"a\nb\nc"\n2,x,y\n', 'a.csv')).toThrow(
      'Cannot read a.csv:5: a row of 2 cells is required, found 3',
    );
  });

  test('a quote that is never closed is named by the line it opens on', () => {
    expect(() => parseCsv('id,text\n1,ok\n2,"open\n3,more\n', 'a.csv')).toThrow(
      'Cannot read a.csv:3: well-formed CSV is required, found Quoted field unterminated',
    );
  });

  test('two columns of one name are refused', () => {
    expect(() => parseCsv('id,text,text\n1,a,b\n', 'a.csv')).toThrow(
      'Cannot read a.csv:1: a name of its own for each column is required, found "text" twice',
    );
  });

  test('tabs separate too, and blank lines do not count as rows', () => {
    expect(parseCsv('id\ttext\n\n1\ta,b\n', 'a.tsv').map(({ value }) => value)).toEqual([
      { id: '1', text: 'a,b' },
    ]);
  });

  test('a single column needs no separator', () => {
    expect(parseCsv('prompt\nWhy?\nHow?\n', 'a.csv').map(({ value }) => value.prompt)).toEqual([
      'Why?',
      'How?',
    ]);
  });
});

function catchError(run: () => unknown): ReadError {
  try {
    run();
  } catch (error) {
    if (error instanceof ReadError) return error;
  }
  throw new Error('no ReadError was thrown');
}
