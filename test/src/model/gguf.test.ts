import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openGguf } from '../../../src/model/index.ts';
import {
  expectChangesOpenedOrRefused,
  expectCutsRefused,
  expectRefused,
  folderOf,
  text,
  whole,
} from './hostile-file.ts';

const TEXT = 8;
const ARRAY = 9;

const entry = (key: string, type: number, ...value: Uint8Array[]) =>
  Buffer.concat([text(key), whole(type, 4), ...value]);
/** Dimensions innermost first, as the file has them. */
const tensor = (name: string, dimensions: (number | bigint)[], type: number, offset: number | bigint) =>
  Buffer.concat([
    text(name),
    whole(dimensions.length, 4),
    ...dimensions.map(length => whole(length, 8)),
    whole(type, 4),
    whole(offset, 8),
  ]);

interface Parts {
  magic?: string;
  version?: number;
  tensors?: Uint8Array[];
  tensorCount?: bigint;
  values?: Uint8Array[];
  valueCount?: bigint;
  dataBytes?: number;
}

/** A file of these parts, its data at the next multiple of 32. */
function fileOf(parts: Parts): Uint8Array {
  const { magic = 'GGUF', version = 3, tensors = [], values = [], dataBytes = 0 } = parts;
  const header = Buffer.concat([
    Buffer.from(magic),
    whole(version, 4),
    whole(parts.tensorCount ?? tensors.length, 8),
    whole(parts.valueCount ?? values.length, 8),
    ...values,
    ...tensors,
  ]);
  return Buffer.concat([header, new Uint8Array((32 - (header.length % 32)) % 32), new Uint8Array(dataBytes)]);
}

describe('a file is refused that', () => {
  test.each<[what: string, parts: Parts, message: string]>([
    ['is something else', { magic: 'GGML' }, '"GGUF" at its start is required, found "GGML"'],
    ['is of version 1', { version: 1 }, 'version 2 or 3, little-endian is required, found version 1'],
    ['is big-endian', { version: 3 << 24 }, 'found version 50331648'],
    [
      'states 2^60 tensors',
      { tensorCount: 2n ** 60n },
      'at most 0 tensors at byte 8 is required, found 1152921504606846976',
    ],
    [
      'states 2^60 values',
      { valueCount: 2n ** 60n },
      'metadata values at byte 16 is required, found 1152921504606846976',
    ],
    ['states 2^64 - 1 values', { valueCount: 2n ** 64n - 1n }, 'found 18446744073709551615'],
    [
      'has a text of 2^60 bytes',
      { values: [entry('k', TEXT, text('', 2n ** 60n))] },
      'bytes of the value of "k"',
    ],
    [
      'has a key of 2^60 bytes',
      { values: [text('', 2n ** 60n), new Uint8Array(9)] },
      'bytes of a metadata key',
    ],
    ['has 2^60 texts', { values: [entry('k', ARRAY, whole(TEXT, 4), whole(2n ** 60n, 8))] }, 'texts of "k"'],
    ['has 2^60 numbers', { values: [entry('k', ARRAY, whole(6, 4), whole(2n ** 60n, 8))] }, 'numbers of "k"'],
    [
      'has more doubles than bytes',
      { values: [entry('k', ARRAY, whole(12, 4), whole(9, 8), new Uint8Array(8))] },
      '72 bytes of the value of "k"',
    ],
    [
      'has arrays in an array',
      { values: [entry('k', ARRAY, whole(ARRAY, 4), whole(1, 8), new Uint8Array(12))] },
      'no arrays in an array is required, found type 9',
    ],
    ['has a value of no type', { values: [entry('k', 13, whole(0, 8))] }, '"k": a type from 0 to 12'],
    [
      'says a key twice',
      { values: [entry('k', 0, new Uint8Array(1)), entry('k', 0, new Uint8Array(1))] },
      '"k" twice',
    ],
    [
      'has a key that is no UTF-8',
      { values: [Buffer.concat([text(Uint8Array.of(0xff)), whole(0, 8)])] },
      'a metadata key in UTF-8',
    ],
    [
      'has an alignment of 0',
      { values: [entry('general.alignment', 4, whole(0, 4))] },
      '"general.alignment": a power of two is required, found 0',
    ],
    ['has an alignment of 24', { values: [entry('general.alignment', 4, whole(24, 4))] }, 'found 24'],
    [
      'has five dimensions',
      { tensors: [tensor('a', [1, 1, 1, 1, 1], 0, 0)], dataBytes: 4 },
      'tensor "a": at most 4 dimensions is required, found 5',
    ],
    [
      'has 2^32 dimensions',
      { tensors: [Buffer.concat([text('a'), new Uint8Array(32).fill(255)])] },
      'found 4294967295',
    ],
    ['has 2^60 rows', { tensors: [tensor('a', [1, 2n ** 60n], 0, 0)] }, 'found [1152921504606847000,1]'],
    [
      'has 2^32 × 2^32 elements',
      { tensors: [tensor('a', [2 ** 32, 2 ** 32], 0, 0)] },
      'found [4294967296,4294967296]',
    ],
    [
      'has an unknown type',
      { tensors: [tensor('a', [256], 36, 0)], dataBytes: 256 },
      'tensor "a": one of the types F32, F16',
    ],
    [
      'has rows of part of a block',
      { tensors: [tensor('a', [33], 2, 0)], dataBytes: 64 },
      'rows of a multiple of 32 values, for Q4_0, is required, found 33',
    ],
    [
      'has data off the grid',
      { tensors: [tensor('a', [1], 0, 4)], dataBytes: 64 },
      'tensor "a": data at a multiple of 32 bytes is required, found byte 4',
    ],
    [
      'is cut off',
      { tensors: [tensor('a', [64], 0, 0)], dataBytes: 255 },
      'tensor "a": data within the file',
    ],
    [
      'has data at 2^63',
      { tensors: [tensor('a', [1], 0, 2n ** 63n)], dataBytes: 4 },
      'end at byte 9223372036854775876',
    ],
    [
      'has overlapping data',
      { tensors: [tensor('a', [9], 0, 0), tensor('b', [1], 0, 32)], dataBytes: 64 },
      'tensor "b": data after those of "a"',
    ],
    [
      'has a tensor twice',
      { tensors: [tensor('a', [1], 0, 0), tensor('a', [1], 0, 32)], dataBytes: 64 },
      'tensor "a": one tensor of this name',
    ],
  ])('%s', async (_, parts, message) => {
    const folder = await folderOf({ 'model.gguf': fileOf(parts) });
    await expectRefused(openGguf, join(folder, 'model.gguf'), message);
  });
});

describe('a good file', () => {
  const good = fileOf({
    values: [
      entry('general.architecture', TEXT, text('llama')),
      entry('llama.context_length', 10, whole(2048, 8)),
      entry('tokens', ARRAY, whole(TEXT, 4), whole(2, 8), text('a'), text('bc')),
    ],
    tensors: [tensor('a', [2, 3], 0, 0), tensor('b', [32], 8, 32)],
    dataBytes: 32 + 34,
  });
  // a is 1, 0, …; b has the scale 2 and the quants -1, 0, ….
  const data = good.length - 66;
  good.set([0, 0, 0x80, 0x3f], data);
  good.set([0, 0x40, 255], data + 32);

  test('gives its metadata, its tensors with the outermost dimension first, and their values', async () => {
    const folder = await folderOf({ 'model.gguf': good });
    const file = await openGguf(join(folder, 'model.gguf'));
    expect([...file.metadata]).toEqual([
      ['general.architecture', 'llama'],
      ['llama.context_length', 2048],
      ['tokens', ['a', 'bc']],
    ]);
    expect(file.tensors.get('a')).toMatchObject({ type: 'F32', shape: [3, 2], bytes: 24 });
    expect(await file.read('a')).toEqual(new Float32Array([1, 0, 0, 0, 0, 0]));
    expect((await file.read('b')).slice(0, 2)).toEqual(new Float32Array([-2, 0]));
    await expect(file.read('c')).rejects.toThrow(/tensor "c": a tensor is required, found 2/);
    await file.close();
  });

  test('is refused cut off at any byte', async () => {
    await expectCutsRefused(openGguf, 'model.gguf', good);
  });

  test('is opened or refused, and nothing else, with any byte changed', async () => {
    await expectChangesOpenedOrRefused(openGguf, 'model.gguf', good);
  });

  test('with a vocabulary that fills several windows is read whole', async () => {
    const tokens = Array.from({ length: 120_000 }, (_, i) => `token ${i}`);
    const values = [
      entry('tokens', ARRAY, whole(TEXT, 4), whole(tokens.length, 8), ...tokens.map(token => text(token))),
    ];
    const folder = await folderOf({ 'model.gguf': fileOf({ values }) });
    const file = await openGguf(join(folder, 'model.gguf'));
    expect(file.metadata.get('tokens')).toEqual(tokens);
    await file.close();
  });
});
