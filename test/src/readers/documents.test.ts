import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { decodeText, readBytes } from '../../../src/readers/index.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const read = async (name: string, text: string) => {
  const { rows, skipped = [], whole } = await readBytes(bytes(text), name);
  return { rows: rows.map(({ at, value }) => [at, value]), skipped: skipped.map(({ at }) => at), whole };
};

describe('decodeText()', () => {
  test('knows UTF-16 by its mark or by its zeros, and guesses Windows-1252 of what is no UTF-8', () => {
    expect(decodeText(bytes('\uFEFFé', 'utf16le'), 'x')).toEqual({ text: 'é', encoding: 'utf-16le' });
    expect(decodeText(bytes('plain text', 'utf16le'), 'x')).toEqual({
      text: 'plain text',
      encoding: 'utf-16le',
      guessed: true,
    });
    expect(decodeText(Uint8Array.of(0x93, 0xe9, 0x94, 0x80), 'x')).toEqual({
      text: '“é”€',
      encoding: 'windows-1252',
      guessed: true,
    });
  });

  test('reads every text in UTF-8 as it was written, and guesses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), text => {
        fc.pre(!text.includes('\0') && !text.startsWith('\uFEFF'));
        expect(decodeText(bytes(text), 'x')).toEqual({ text, encoding: 'utf-8' });
      }),
    );
  });

  test('refuses what is in no known encoding', () => {
    expect(() => decodeText(Uint8Array.of(0xff, 0x00, 0x81), 'x.csv')).toThrow(
      'Cannot read x.csv: text in UTF-8, UTF-16 or Windows-1252 is required, found other bytes',
    );
  });
});

describe('JSON Lines', () => {
  test('a broken line is listed, and the others are read', async () => {
    expect(await read('a.jsonl', '{"a": 1}\n{"a": \n\n[3]\n{"a": 4}\n')).toEqual({
      rows: [
        ['a.jsonl:1', { a: 1 }],
        ['a.jsonl:5', { a: 4 }],
      ],
      skipped: ['a.jsonl:2', 'a.jsonl:4'],
      whole: undefined,
    });
  });

  test('a first line that is broken does no harm to the others', async () => {
    const { rows, skipped } = await read('a.jsonl', '{"a": {"b"\n{"a": 2}\n{"a": 3}\n');
    expect(rows.map(([at]) => at)).toEqual(['a.jsonl:2', 'a.jsonl:3']);
    expect(skipped).toEqual(['a.jsonl:1']);
  });

  test('NaN and the infinities are null outside of texts', async () => {
    const { rows } = await read('a.jsonl', '{"a": NaN, "b": [-Infinity, 1], "c": "is NaN, \\"Infinity\\""}');
    expect(rows[0]?.[1]).toEqual({ a: null, b: [null, 1], c: 'is NaN, "Infinity"' });
  });

  test('objects that each span lines are read, with the line that each begins on', async () => {
    const text = '{\n "a": "}\\"{"\n}\n\n{\n "a": [\n  {}\n ]\n}{"a": 3}\n';
    expect((await read('a.jsonl', text)).rows).toEqual([
      ['a.jsonl:1', { a: '}"{' }],
      ['a.jsonl:5', { a: [{}] }],
      ['a.jsonl:9', { a: 3 }],
    ]);
  });

  test('many objects on one line are read, in the time that their length takes', async () => {
    const { rows } = await read('a.jsonl', '{"a": "}"} '.repeat(20_000));
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toEqual(['a.jsonl:1', { a: '}' }]);
  });

  test('of pretty-printed objects the broken one alone is skipped', async () => {
    const { rows, skipped } = await read(
      'a.json',
      '{\n "a": 1\n}\n{\n "a": \n}\n{\n "b": "cut\n}\n{\n "a": 4\n}\n',
    );
    expect(rows.map(([at]) => at)).toEqual(['a.json:1', 'a.json:10']);
    expect(skipped).toEqual(['a.json:4', 'a.json:7']);
  });

  test('any objects are read alike in lines, pretty-printed, or as an array', async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(objects, async values => {
        const expected = values.map(value => JSON.parse(JSON.stringify(value)));
        for (const text of [
          values.map(value => JSON.stringify(value)).join('\n'),
          values.map(value => JSON.stringify(value, null, 2)).join('\n'),
          JSON.stringify(values),
        ]) {
          const { rows, skipped } = await read('a.jsonl', text);
          expect(rows.map(([, value]) => value)).toEqual(expected);
          expect(skipped).toEqual([]);
        }
      }),
    );
  });
});

test('in a JSON array what is no object is listed by its index', async () => {
  expect(await read('a.json', '[{"a": 1}, null, "b"]')).toMatchObject({
    rows: [['a.json[0]', { a: 1 }]],
    skipped: ['a.json[1]', 'a.json[2]'],
  });
});

describe('CSV', () => {
  test('a short row is filled, a long one listed, and empty cells beyond the columns do not count', async () => {
    expect(await read('a.csv', 'a,b\n1\n1,2,,\n1,2,3\n4,5\n')).toMatchObject({
      rows: [
        ['a.csv:2', { a: '1', b: null }],
        ['a.csv:3', { a: '1', b: '2' }],
        ['a.csv:5', { a: '4', b: '5' }],
      ],
      skipped: ['a.csv:4'],
    });
  });

  test('a quote that is never closed takes one row and not the rest', async () => {
    expect(await read('a.csv', 'a,b\n1,"x"\n2,"open\n3,y\n4,z\n')).toMatchObject({
      rows: [
        ['a.csv:2', { a: '1', b: 'x' }],
        ['a.csv:4', { a: '3', b: 'y' }],
        ['a.csv:5', { a: '4', b: 'z' }],
      ],
      skipped: ['a.csv:3'],
    });
  });

  test('a separator inside the quotes of a column’s name does not count', async () => {
    expect((await read('a.csv', '"a, b, c";d\n1;2\n')).rows).toEqual([
      ['a.csv:2', { 'a, b, c': '1', d: '2' }],
    ]);
  });
});

test('an archive that is cut short or holds something else is refused by its name', async () => {
  const archive = zipSync({ 'other.json': bytes('{}') });
  await expect(readBytes(archive, 'x.eval')).rejects.toThrow(
    'Cannot read x.eval: a log of inspect_ai with its header is required, found another archive',
  );
  for (const length of [4, 20, archive.length - 1])
    await expect(readBytes(archive.subarray(0, length), 'x.eval')).rejects.toThrow(
      'Cannot read x.eval: a whole ZIP archive is required',
    );
});
