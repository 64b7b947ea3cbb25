import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toBfloat16, toHalf } from '../../../src/model/half.ts';
import { openGguf, openSafetensors, type WeightFile } from '../../../src/model/index.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/weights');
const types = await openSafetensors(join(GOLDEN, 'types.safetensors'));
const rounding = await openSafetensors(join(GOLDEN, 'rounding.safetensors'));
const quants = await openGguf(join(GOLDEN, 'quants.gguf'));
const dequantised = await openSafetensors(join(GOLDEN, 'quants.safetensors'));
afterAll(() => Promise.all([types, rounding, quants, dequantised].map(file => file.close())));

async function floats(file: WeightFile, name: string): Promise<Float32Array> {
  const values = await file.read(name);
  if (values instanceof Float32Array) return values;
  throw new TypeError(`${name} holds whole numbers`);
}

/** Bits, so that -0 differs from 0; all that are no numbers as one. */
const bits = (values: Float32Array) =>
  Array.from(new Uint32Array(values.buffer), (word, i) => (Number.isNaN(values[i]) ? 0x7fc00000 : word));

describe('safetensors written by PyTorch', () => {
  test.each(['f64', 'f32', 'f16', 'bf16'])('%s is read as PyTorch turns it into float32', async name => {
    const values = await floats(types, name);
    expect(values.length).toBe(22);
    expect(bits(values)).toEqual(bits(await floats(types, `${name} as f32`)));
  });

  test.each([
    ['i64', new BigInt64Array([0n, -1n, 2n ** 62n + 1n])],
    ['u64', new BigUint64Array([0n, 1n, 2n ** 64n - 1n])],
    ['i32', new Int32Array([0, -1, 2147483647])],
    ['u32', new Uint32Array([0, 1, 4294967295])],
    ['i16', new Int16Array([0, -1, 32767])],
    ['u16', new Uint16Array([0, 1, 65535])],
    ['i8', new Int8Array([0, -1, 127])],
    ['u8', new Uint8Array([0, 1, 255])],
    ['bool', new Uint8Array([1, 0, 1])],
  ])('%s stays whole numbers', async (name, values) => {
    expect(await types.read(name)).toEqual(values);
  });

  test('a scalar and an empty tensor have their shapes and values', async () => {
    expect(types.tensors.get('scalar')?.shape).toEqual([]);
    expect(await types.read('scalar')).toEqual(new Float32Array([7.5]));
    expect(types.tensors.get('empty')?.shape).toEqual([0, 3]);
    expect(await types.read('empty')).toEqual(new Float32Array(0));
    expect(types.tensors.get('f16')).toMatchObject({ type: 'F16', shape: [2, 11], bytes: 44 });
    expect([...types.metadata]).toContainEqual(['note', 'é']);
  });
});

test.each([
  ['f16', toHalf],
  ['bf16', toBfloat16],
])('float32 is rounded to %s as PyTorch rounds it, ties to even', async (name, round) => {
  const infinite = name === 'f16' ? 0x7c00 : 0x7f80;
  const halves = (values: Iterable<number | bigint>) =>
    Array.from(values, value => ((Number(value) & 0x7fff) > infinite ? Number.NaN : Number(value)));
  const rounded = new Int16Array(round(await floats(rounding, 'f32')).buffer);
  expect(rounded.length).toBe(1022);
  expect(halves(rounded)).toEqual(halves(await rounding.read(name)));
});

describe('GGUF written by Python’s gguf', () => {
  test.each([...dequantised.tensors.keys()])('%s is dequantised to the same bits', async name => {
    expect(quants.tensors.get(name)).toMatchObject({ type: name, shape: [3, 512] });
    expect(bits(await floats(quants, name))).toEqual(bits(await floats(dequantised, name)));
  });

  test('holds each type that is read but F64', () => {
    expect([...quants.tensors.keys()].sort()).toEqual(
      'BF16 F16 F32 IQ4_NL IQ4_XS Q2_K Q3_K Q4_0 Q4_1 Q4_K Q5_0 Q5_1 Q5_K Q6_K Q8_0'.split(' '),
    );
  });

  test('says what was written about it', () => {
    expect(Object.fromEntries(quants.metadata)).toMatchObject({
      'general.architecture': 'llama',
      'a.u64': 2n ** 53n + 1n,
      'a.i64': -5,
      'a.i8': -128,
      'a.f32': 0.5,
      'a.bool': true,
      'a.text': 'naïve 🙂',
      'a.texts': ['a', '', 'ü'],
      'a.numbers': new Int32Array([1, 2, -3]),
      'a.floats': new Float32Array([0.25, -1.5]),
    });
  });
});
