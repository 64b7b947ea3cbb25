import { execFileSync } from 'node:child_process';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSafetensors, type TensorSource, writeSafetensors } from '../../../src/model/index.ts';
import {
  expectChangesOpenedOrRefused,
  expectCutsRefused,
  expectRefused,
  folderOf,
  whole,
} from './hostile-file.ts';

/** A file of this header, which may be no JSON, and so many bytes of data. */
function fileOf(header: object | string, dataBytes = 0, headerBytes?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return Buffer.concat([whole(headerBytes ?? json.length, 8), json, new Uint8Array(dataBytes)]);
}

const tensor = (shape: number[], start: number, end: number, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

const source = (name: string, shape: number[], values: number[]): TensorSource => ({
  name,
  shape,
  values: () => new Float32Array(values),
});

async function refuses(content: Uint8Array, message: string) {
  const folder = await folderOf({ 'model.safetensors': content });
  await expectRefused(openSafetensors, join(folder, 'model.safetensors'), message);
}

describe('writing', () => {
  test('gives a file whose bytes are the format’s: length, header padded to 8, values', async () => {
    const folder = await folderOf({});
    const [path = ''] = await writeSafetensors(folder, [source('a', [1, 2], [1, -2])], { metadata: {} });
    const header = '{"__metadata__":{},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(80);
    expect(path).toBe(join(folder, 'model.safetensors'));
    expect(await readFile(path)).toEqual(
      Buffer.concat([whole(80, 8), Buffer.from(padded), Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])]),
    );
    expect(await readdir(folder)).toEqual(['model.safetensors']);
  });

  test.each([
    ['F32', [0.1, 3]],
    ['F16', [0.0999755859375, 3]],
    ['BF16', [0.10009765625, 3]],
  ] as const)('as %s and reading again rounds as the type does', async (type, values) => {
    const folder = await folderOf({});
    await writeSafetensors(folder, [source('a', [2], [0.1, 3])], { type });
    const weights = await openSafetensors(folder);
    expect(weights.tensors.get('a')).toMatchObject({ type, shape: [2] });
    expect(weights.metadata.get('format')).toBe('pt');
    expect(await weights.read('a')).toEqual(new Float32Array(values));
    await weights.close();
  });

  test('splits what is too large into shards that open as one', async () => {
    const folder = await folderOf({});
    const sources = [source('a', [2], [1, 2]), source('b', [3], [3, 4, 5]), source('c', [1], [6])];
    const paths = await writeSafetensors(folder, sources, { maxShardBytes: 16 });
    expect(paths.map(path => path.slice(folder.length + 1))).toEqual([
      'model-00001-of-00002.safetensors',
      'model-00002-of-00002.safetensors',
      'model.safetensors.index.json',
    ]);
    expect(JSON.parse(await readFile(paths.at(-1) ?? '', 'utf8'))).toEqual({
      metadata: { total_size: 24 },
      weight_map: {
        a: 'model-00001-of-00002.safetensors',
        b: 'model-00002-of-00002.safetensors',
        c: 'model-00002-of-00002.safetensors',
      },
    });
    const weights = await openSafetensors(folder);
    expect([...weights.tensors.keys()]).toEqual(['a', 'b', 'c']);
    expect(await weights.read('b')).toEqual(new Float32Array([3, 4, 5]));
    await expect(weights.read('d')).rejects.toThrow(
      /tensor "d": a tensor is required, found 3: "a", "b", "c"/,
    );
    await weights.close();
  });

  test('replaces weights of the other layout and leaves none of them', async () => {
    const folder = await folderOf({ 'config.json': '{}' });
    const sources = [source('a', [2], [1, 2]), source('b', [2], [3, 4])];
    for (const maxShardBytes of [8, 100, 8]) {
      const paths = await writeSafetensors(folder, sources, { maxShardBytes });
      expect((await readdir(folder)).sort().slice(1)).toEqual(
        paths.map(path => path.slice(folder.length + 1)),
      );
    }
  });

  test('keeps the old weights, and nothing half written, when a tensor cannot be had', async () => {
    const folder = await folderOf({});
    await writeSafetensors(folder, [source('a', [1], [1])]);
    const failing = { name: 'b', shape: [1], values: () => Promise.reject(new Error('device lost')) };
    const sources = [source('a', [1], [2]), failing];
    await expect(writeSafetensors(folder, sources, { maxShardBytes: 4 })).rejects.toThrow('device lost');
    expect(await readdir(folder)).toEqual(['model.safetensors']);
    const weights = await openSafetensors(folder);
    expect(await weights.read('a')).toEqual(new Float32Array([1]));
    await weights.close();
  });

  test('refuses a name that occurs twice, and values that do not fill their shape', async () => {
    const folder = await folderOf({});
    const one = source('a', [1], [1]);
    await expect(writeSafetensors(folder, [one, one])).rejects.toThrow(/tensor "a".*found it twice/);
    await expect(writeSafetensors(folder, [source('a', [2, 2], [1])])).rejects.toThrow(
      /tensor "a": it needs 4 values, for the shape 2 × 2, found 1/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a tensor larger than the pieces in which it is decoded comes out whole', async () => {
  const folder = await folderOf({});
  const values = Float32Array.from({ length: 2 ** 23 + 5 }, (_, i) => i % 251);
  await writeSafetensors(folder, [{ name: 'a', shape: [values.length], values: () => values }], {
    type: 'BF16',
  });
  const weights = await openSafetensors(folder);
  expect(Buffer.compare(Buffer.from((await weights.read('a')).buffer), Buffer.from(values.buffer))).toBe(0);
  await weights.close();
});

describe('a file is refused that', () => {
  test.each<[what: string, header: object | string, message: string]>([
    ['has no JSON', 'no', 'the header of'],
    ['has NaN', '{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}', 'an object in JSON is required'],
    ['has a list', '[]', 'an object in JSON is required, found []'],
    ['has a broken character', '{"\ud800":1}', 'is required'],
    ['has a tensor that is none', { a: 1 }, 'tensor "a": an object of dtype, shape and data_offsets'],
    ['has an unknown type', { a: tensor([2], 0, 8, 'F8_E4M3') }, 'tensor "a": a dtype of F64'],
    ['has a type that is a method', { a: tensor([2], 0, 8, 'toString') }, 'found "toString"'],
    ['has a quantised type of the other format', { a: tensor([32], 0, 18, 'Q4_0') }, 'found "Q4_0"'],
    ['has a shape of text', { a: { ...tensor([2], 0, 8), shape: '2' } }, 'a shape of whole numbers'],
    ['has 2^60 rows', { a: tensor([2 ** 60], 0, 8) }, 'found [1152921504606847000]'],
    ['has 2^30 × 2^30 elements', { a: tensor([2 ** 30, 2 ** 30], 0, 8) }, 'found [1073741824,1073741824]'],
    ['has a negative length', { a: tensor([-2, -1], 0, 8) }, 'found [-2,-1]'],
    ['has half a row', { a: tensor([0.5, 4], 0, 8) }, 'found [0.5,4]'],
    [
      'has a shape of other bytes',
      { a: tensor([3], 0, 8) },
      'tensor "a": 12 bytes of data, for F32 of shape [3]',
    ],
    ['ends before it starts', { a: tensor([2], 8, 0) }, 'found [8,0]'],
    ['has three offsets', { a: { ...tensor([2], 0, 8), data_offsets: [0, 8, 8] } }, 'found [0,8,8]'],
    [
      'has an infinite offset',
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1e999]}}',
      'found [0,null]',
    ],
    [
      'has overlapping data',
      { a: tensor([2], 0, 8), b: tensor([2], 4, 12) },
      'tensor "b": its data to start at byte 8',
    ],
    [
      'has the same data twice',
      { a: tensor([2], 0, 8), b: tensor([2], 0, 8) },
      'its data to start at byte 8',
    ],
    ['has a gap', { a: tensor([1], 4, 8) }, 'tensor "a": its data to start at byte 0'],
    [
      'is cut off',
      { a: tensor([4], 0, 16) },
      "its data to end within the file's 8 bytes of data is required, found byte 16",
    ],
    ['is too long', { a: tensor([1], 0, 4) }, 'bytes, as its header says, is required'],
    ['has metadata of numbers', { __metadata__: { x: 1 }, a: tensor([2], 0, 8) }, 'a string under "x"'],
    [
      'names a tensor twice',
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\\u0061":{}}',
      '"a" twice',
    ],
    [
      'says a key twice',
      '{"a":{"dtype":"F32","dtype":"I32","shape":[2],"data_offsets":[0,8]}}',
      '"dtype" twice',
    ],
  ])('%s', async (_, header, message) => {
    await refuses(fileOf(header, 8), message);
  });

  test('states a header longer than itself, by a byte or by 2^60', async () => {
    await refuses(fileOf('{}', 0, 3n), 'a header of at most 2 bytes is required, found one of 3');
    await refuses(fileOf('{}', 0, 2n ** 60n), 'found one of 1152921504606846976');
    await refuses(new Uint8Array(5), '8 bytes from byte 0 on is required, found the end of the file after 5');
  });

  test('has a name of a million letters, which the error does not repeat', async () => {
    await refuses(fileOf({ ['x'.repeat(1e6)]: tensor([3], 0, 8) }, 8), `tensor "${'x'.repeat(80)}…"`);
  });

  test('is a folder without weights, or a pipe that nobody writes into', async () => {
    const folder = await folderOf({ 'config.json': '{}', 'pytorch_model.bin': '' });
    await expectRefused(openSafetensors, folder, 'found "config.json, pytorch_model.bin"');
    execFileSync('mkfifo', [join(folder, 'model.safetensors')]);
    await expectRefused(openSafetensors, join(folder, 'model.safetensors'), 'a file is required');
  });
});

describe('an index is refused that', () => {
  const shard = (name: string) => fileOf({ [name]: tensor([2], 0, 8) }, 8);
  const index = (map: unknown) => JSON.stringify({ weight_map: map });

  test.each([
    '../b.safetensors',
    '/etc/b.safetensors',
    'c/b.safetensors',
    'c\\b.safetensors',
    '..',
    '.safetensors\0',
    'b.bin',
    '',
  ])('leads to %j', async file => {
    const path = join(
      await folderOf({ 'model.safetensors.index.json': index({ a: file }), 'b.bin': shard('a') }),
      'model.safetensors.index.json',
    );
    await expectRefused(
      openSafetensors,
      path,
      'tensor "a": the name of a .safetensors file in the same folder',
    );
  });

  test.each<[what: string, map: unknown, message: string]>([
    ['has no map', undefined, 'an object of strings is required'],
    ['has an empty map', {}, 'a tensor under "weight_map" is required, found none'],
    ['has a map to numbers', { a: 1 }, 'a string under "a" is required, found 1'],
    [
      'misses a tensor',
      { a: 'a.safetensors', c: 'a.safetensors' },
      'tensor "c": it in "a.safetensors" is required',
    ],
    [
      'has a tensor elsewhere',
      { a: 'b.safetensors', b: 'b.safetensors' },
      'tensor "a": it in "b.safetensors"',
    ],
    [
      'has a shard with others’ tensors',
      { a: 'a.safetensors', b: 'a2.safetensors' },
      'one file that holds it is required, found ',
    ],
  ])('%s', async (_, map, message) => {
    const folder = await folderOf({
      'model.safetensors.index.json': index(map),
      'a.safetensors': shard('a'),
      'a2.safetensors': shard('a'),
      'b.safetensors': shard('b'),
    });
    await expectRefused(openSafetensors, join(folder, 'model.safetensors.index.json'), message);
  });

  test('is no JSON, or says a key twice', async () => {
    const path = join(await folderOf({}), 'model.safetensors.index.json');
    await writeFile(path, '{"weight_map": NaN}');
    await expectRefused(openSafetensors, path, 'an object in JSON is required');
    await writeFile(path, '{"weight_map": {"a": "a.safetensors", "a": "b.safetensors"}}');
    await expectRefused(openSafetensors, path, '"a" twice');
  });
});

describe('a good file', () => {
  const good = fileOf({ a: tensor([50], 0, 200), b: tensor([1], 200, 202, 'BF16') }, 202);

  test('is refused cut off at any byte', async () => {
    await expectCutsRefused(openSafetensors, 'model.safetensors', good);
  });

  test('is opened or refused, and nothing else, with any byte changed', async () => {
    await expectChangesOpenedOrRefused(openSafetensors, 'model.safetensors', good);
  });

  test('that shrinks once it is open gives an error, not zeros', async () => {
    const path = join(await folderOf({ 'model.safetensors': good }), 'model.safetensors');
    const weights = await openSafetensors(path);
    await truncate(path, good.length - 1);
    await expect(weights.read('b')).rejects.toThrow(
      /2 bytes from byte \d+ on is required, found the end of the file/,
    );
    await weights.close();
  });
});
