import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ggufContents, initConfig, openGguf, writeGguf } from '../../../src/model/index.ts';
import { quantiseQ8_0 } from '../../../src/model/quantise.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-gguf-'));
});
afterAll(() => rm(folder, { recursive: true }));

const tensor = (name: string, shape: number[], type: 'F32' | 'F16' | 'BF16' | 'Q8_0', values: number[]) => ({
  name,
  shape,
  type,
  values: () => Float32Array.from(values),
});

describe('a GGUF file', () => {
  test('is read as it was written', async () => {
    const path = join(folder, 'whole.gguf');
    await writeGguf(
      path,
      {
        'general.architecture': { type: 'text', value: 'none' },
        count: { type: 'uint32', value: 7 },
        share: { type: 'float32', value: 0.5 },
        yes: { type: 'truth', value: true },
        names: { type: 'text', value: ['a', '', 'é'] },
        kinds: { type: 'int32', value: [-1, 2] },
        scores: { type: 'float32', value: [1.5, -2] },
      },
      [
        tensor('one', [3], 'F32', [1, -2, 0.1]),
        tensor('half', [2, 2], 'F16', [1, 2, 3, 65504]),
        tensor('brain', [1, 3], 'BF16', [1, 2, 3]),
        tensor(
          'quantised',
          [2, 32],
          'Q8_0',
          Array.from({ length: 64 }, (_, i) => (i < 32 ? i - 127 + 95 : 0)),
        ),
      ],
    );
    const file = await openGguf(path);
    try {
      expect(Object.fromEntries(file.metadata)).toEqual({
        'general.architecture': 'none',
        count: 7,
        share: 0.5,
        yes: true,
        names: ['a', '', 'é'],
        kinds: Int32Array.of(-1, 2),
        scores: Float32Array.of(1.5, -2),
      });
      expect([...file.tensors.values()].map(({ shape, type, offset }) => [shape, type, offset % 32])).toEqual(
        [
          [[3], 'F32', 0],
          [[2, 2], 'F16', 0],
          [[1, 3], 'BF16', 0],
          [[2, 32], 'Q8_0', 0],
        ],
      );
      expect(await file.read('one')).toEqual(Float32Array.of(1, -2, 0.1));
      expect(await file.read('half')).toEqual(Float32Array.of(1, 2, 3, 65504));
      expect(await file.read('brain')).toEqual(Float32Array.of(1, 2, 3));
      const values = await file.read('quantised');
      expect(values.subarray(32)).toEqual(new Float32Array(32));
      // The scale is 32 / 127 in half precision.
      expect(values[0]).toBeCloseTo(-32, 2);
    } finally {
      await file.close();
    }
  });

  test('is refused before anything is written where tensors do not fit, and left as it was where values do not', async () => {
    const path = join(folder, 'refused', 'refused.gguf');
    const write = (...tensors: Parameters<typeof writeGguf>[2]) => writeGguf(path, {}, tensors);
    await expect(write(tensor('a', [1], 'F32', [1]), tensor('a', [1], 'F32', [1]))).rejects.toThrow(
      'Cannot write tensor "a": each name must belong to one tensor, found it twice',
    );
    await expect(write(tensor('a', [2, 31], 'Q8_0', []))).rejects.toThrow(
      'rows of a multiple of 32 values are required for Q8_0, found 31',
    );
    await expect(readdir(join(folder, 'refused'))).rejects.toThrow('ENOENT');
    await expect(write(tensor('a', [2], 'F32', [1]))).rejects.toThrow(
      'Cannot write tensor "a": it needs 2 values, for the shape 2, found 1',
    );
    expect(await readdir(join(folder, 'refused'))).toEqual([]);
  });
});

test('values are quantised to the bytes of Python’s gguf', async () => {
  const golden = join(import.meta.dirname, '../../golden/weights/quants.gguf');
  const file = await openGguf(golden);
  try {
    const { offset = 0, bytes = 0 } = file.tensors.get('Q8_0') ?? {};
    const values = await file.read('F32');
    if (!(values instanceof Float32Array)) throw new TypeError('F32 must be real numbers');
    const expected = (await readFile(golden)).subarray(offset, offset + bytes);
    expect(bytes).toBe((3 * 512 * 34) / 32);
    expect(Buffer.from(quantiseQ8_0(values)).equals(expected)).toBe(true);
  } finally {
    await file.close();
  }
});

describe('a model that llama.cpp computes otherwise is refused:', () => {
  const sizes = { maxPositions: 64, hiddenSize: 64, layers: 4, heads: 2 };
  const of = (architecture: string) => initConfig({ architecture, ...sizes }, 32);
  test.each([
    ['mistral', of('mistral'), /^Cannot write the model as GGUF: the architecture .*, found mistral$/],
    [
      'GPT-2 with ReLU',
      { ...of('gpt2'), activation: 'relu' },
      /computes gpt2 with activation undefined, found "relu"/,
    ],
    [
      'a dynamic rotary embedding',
      { ...of('llama'), rope: { theta: 10_000, scaling: { type: 'dynamic', factor: 2 } } },
      /computes llama with rope .*"theta":10000.*, found .*dynamic/,
    ],
    [
      'YaRN with constants of its own',
      {
        ...of('qwen2'),
        rope: { theta: 1e4, scaling: { type: 'yarn', factor: 2, originalMaxPositions: 32, betaFast: 8 } },
      },
      /computes qwen2 with rope/,
    ],
    [
      'tied OLMo 2',
      { ...of('olmo2'), tieWordEmbeddings: true },
      /an output matrix that is its own, found tied/,
    ],
    [
      'SmolLM3 that rotates all',
      { ...of('smollm3'), ropeLayers: [true, true, true, true] },
      /with ropeLayers/,
    ],
  ])('%s', async (_, config, message) => {
    await expect(ggufContents(config)).rejects.toThrow(message);
  });

  test('but a formula of llama3 is stated as a factor for each pair', async () => {
    const scaling = {
      type: 'llama3',
      factor: 8,
      lowFreqFactor: 1,
      highFreqFactor: 4,
      originalMaxPositions: 32,
    };
    const { tensors, metadata } = await ggufContents({
      ...of('llama'),
      ...{ rope: { theta: 500_000, scaling } },
    });
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([['rope_freqs.weight', [16]]]);
    expect(metadata).toMatchObject({ 'llama.rope.freq_base': { type: 'float32', value: 500_000 } });
    const factors = (await tensors[0]?.values()) ?? [];
    expect([factors[0], factors.at(-1)]).toEqual([expect.any(Number), 8]);
  });
});
