import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  addLora,
  forward,
  loadLora,
  loadModel,
  type Model,
  mergeLora,
  openSafetensors,
  type Weights,
} from '../../../src/model/index.ts';
import { adamw, type Batch, gradients, trainStep } from '../../../src/train/index.ts';
import {
  BACKENDS,
  expectTensorsFreed,
  noFallbackOn,
  onBackend,
  PLAIN_AND_COMPILED,
  tidily,
  timesOn,
} from '../../fixtures/backends.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models');

/** What PEFT was given and computed, by name: see test/golden/record-lora.py. */
interface Recorded {
  base: Model;
  model: Model;
  batches: { ids: tf.Tensor2D; targets: tf.Tensor2D; lossMask: tf.Tensor2D }[];
  expected: (name: string) => Float32Array;
}

async function recorded(name: string): Promise<Recorded> {
  const folder = join(GOLDEN, name, 'lora');
  const file = await openSafetensors(join(folder, 'expected.safetensors'));
  const values = new Map<string, Float32Array>();
  for (const key of file.tensors.keys()) {
    values.set(key, Float32Array.from((await file.read(key)) as Float32Array));
  }
  await file.close();
  const expected = (key: string) => values.get(key) ?? expect.fail(`${key} was not recorded`);
  const at = (key: string, step: number, dtype: 'int32' | 'float32') =>
    tf.tensor2d(expected(key).slice(step * 24, (step + 1) * 24), [2, 12], dtype);
  const batches = [0, 1, 2, 3, 4].map(step => ({
    ids: at('ids', step, 'int32'),
    targets: at('targets', step, 'int32'),
    lossMask: at('mask', step, 'float32'),
  }));
  const base = await loadModel(join(GOLDEN, name));
  return { base, model: await loadLora(folder, base), batches, expected };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));
}

async function logits({ config, weights }: Model, { ids }: Batch): Promise<Float32Array> {
  const all = forward(config, weights, ids);
  const values = await all.data<'float32'>();
  all.dispose();
  return values;
}

describe.each(BACKENDS)('on the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  describe.each(['gpt2', 'llama-tied'])('%s with adapters', name => {
    test('computes PEFT’s logits and gradients, of the adapters alone', async () => {
      const { model, batches, expected } = await recorded(name);
      const batch = batches[0] as Batch;
      expect(largestDifference(await logits(model, batch), expected('logits'))).toBeLessThan(1e-5);
      const found = gradients(model, batch);
      expect(Math.abs((await found.loss.array()) - (expected('loss')[0] ?? 0))).toBeLessThan(1e-5);
      const names = Object.keys(model.weights).filter(name => /lora_[AB]/.test(name));
      expect(Object.keys(found.gradients).sort()).toEqual(names.sort());
      for (const [name, gradient] of Object.entries(found.gradients)) {
        expect(largestDifference(await gradient.data(), expected(`gradient of ${name}`))).toBeLessThan(1e-5);
      }
      tf.dispose([model.weights, batches, found.loss, found.gradients]);
    });

    test('computes the same with them merged into its matrices', async () => {
      const { model, batches } = await recorded(name);
      const merged = mergeLora(model);
      expect(Object.keys(merged.weights).filter(name => name.includes('lora'))).toEqual([]);
      const batch = batches[0] as Batch;
      expect(largestDifference(await logits(merged, batch), await logits(model, batch))).toBeLessThan(1e-5);
      tf.dispose([model.weights, merged.weights, batches]);
    });
  });

  test('many steps with dropout leave no tensor behind', async () => {
    const { base, model, batches } = await recorded('llama-tied');
    const options = { optimizer: adamw(), onFallback, lora: { rank: 2, alpha: 4, dropout: 0.5 } };
    const step = trainStep(base, options);
    const held = () => tf.memory().numTensors;
    for (let i = 0; i < 3; i++) tf.dispose(step(batches[0] as Batch, 1e-3));
    const before = held();
    for (let i = 0; i < timesOn(backend, 30); i++) tf.dispose(step(batches[0] as Batch, 1e-3));
    expect(held()).toBe(before);
    step.dispose();
    tf.dispose([model.weights, batches]);
  });
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test.each(['gpt2', 'llama-tied'])(
    '%s with adapters learns in five steps what PEFT’s learns, whole and row by row',
    async name => {
      const { model, batches, expected } = await recorded(name);
      for (const rows of [1, 2]) {
        const step = trainStep(model, { optimizer: adamw(), onFallback });
        for (const [i, batch] of batches.entries()) {
          await tidily(async () => {
            const part = (row: number): Batch => {
              const cut = (x: tf.Tensor2D) => tf.slice(x, [row, 0], [1, 12]);
              return { ids: cut(batch.ids), targets: cut(batch.targets), lossMask: cut(batch.lossMask) };
            };
            const { loss, gradNorm } = step(rows === 1 ? [part(0), part(1)] : batch, 1e-2);
            expect(Math.abs((await loss.array()) - (expected('loss')[i] ?? 0))).toBeLessThan(1e-4);
            expect(Math.abs((await gradNorm.array()) - (expected('norm')[i] ?? 0))).toBeLessThan(1e-3);
          });
        }
        for (const [name, weight] of Object.entries(step.trained)) {
          expect(largestDifference(await weight.data(), expected(`weight ${name}`))).toBeLessThan(1e-4);
        }
        step.dispose();
      }
      tf.dispose([model.weights, batches]);
    },
  );

  test('training new adapters changes them alone, and remembers nothing of the frozen weights', async () => {
    const { base, model, batches } = await recorded('gpt2');
    const before = await logits(base, batches[0] as Batch);
    const valuesOf = (weights: Weights) => Promise.all(Object.values(weights).map(weight => weight.data()));
    const first = await valuesOf(base.weights);
    const options = { optimizer: adamw(), onFallback, lora: { rank: 2, alpha: 4, seed: 7 } };
    const step = trainStep(base, options);
    expect(await logits({ ...base, weights: step.weights }, batches[0] as Batch)).toEqual(before);
    for (const batch of batches) tf.dispose(step(batch, 1e-2));
    expect(await valuesOf(base.weights)).toEqual(first);
    expect(
      largestDifference(await logits({ ...base, weights: step.weights }, batches[0] as Batch), before),
    ).toBeGreaterThan(1e-3);
    // 4 maps of 2 layers, A and B of each; two moments of each of these, and the number of steps.
    expect([Object.keys(step.trained).length, Object.keys(step.state).length]).toEqual([16, 33]);
    step.dispose();
    tf.dispose([model.weights, batches]);
  });
});

describe('adapters', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('no gradient of a frozen matrix is formed', async () => {
    const { base, model, batches } = await recorded('gpt2');
    const kernels = (of: Model) =>
      tf.profile(() => {
        const found = gradients(of, batches[0] as Batch);
        tf.dispose(found.gradients);
        return found.loss;
      });
    const formed = async (of: Model) => {
      const { kernels: all, result } = await kernels(of);
      tf.dispose(result as tf.Tensor);
      const shapes = all
        .filter(({ name }) => /MatMul/.test(name))
        .flatMap(({ outputShapes }) => outputShapes);
      return shapes.filter(shape => ['16,48', '16,64', '64,16', '16,16', '48,16'].includes(String(shape)))
        .length;
    };
    // Each of 4 maps in 2 layers, and the embedding as the output matrix.
    expect([await formed(base), await formed(model)]).toEqual([9, 0]);
    tf.dispose([model.weights, batches]);
  });
});

describe('new adapters', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('start uniform within ±1/√inputs, and at 0 in B, so that nothing changes', async () => {
    const { base, model, batches } = await recorded('llama-tied');
    const fresh = addLora(base, { rank: 40, alpha: 1, targets: ['down_proj'] });
    const a = fresh.weights['model.layers.0.mlp.down_proj.lora_A.weight'] as tf.Tensor;
    const b = fresh.weights['model.layers.0.mlp.down_proj.lora_B.weight'] as tf.Tensor;
    expect([a.shape, b.shape]).toEqual([
      [40, 24],
      [16, 40],
    ]);
    const bound = 1 / Math.sqrt(24);
    const [values, size] = [[...a.dataSync()], 40 * 24];
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...values)).toBeGreaterThan(0.98 * bound);
    expect(Math.min(...values)).toBeLessThan(-0.98 * bound);
    // The variance of that distribution is bound² / 3.
    expect(values.reduce((sum, value) => sum + value * value, 0) / size / bound ** 2).toBeCloseTo(1 / 3, 1);
    expect(Math.max(...b.dataSync().map(Math.abs))).toBe(0);
    expect(await logits(fresh, batches[0] as Batch)).toEqual(await logits(base, batches[0] as Batch));
    tf.dispose([fresh.weights, model.weights, batches]);
  });

  test('are beside the maps that are named, by default all of the blocks', async () => {
    const { base, model, batches } = await recorded('gpt2');
    const adapted = (targets?: string[]) => {
      const { weights } = addLora(base, { rank: 1, alpha: 1, ...(targets && { targets }) });
      const names = Object.keys(weights).filter(name => name.includes('lora'));
      tf.dispose(names.map(name => weights[name] as tf.Tensor));
      return names
        .filter(name => name.endsWith('lora_A.weight'))
        .map(name => name.replace('.lora_A.weight', ''));
    };
    expect(adapted(['c_attn', 'h.1.mlp.c_proj'])).toEqual([
      'transformer.h.0.attn.c_attn',
      'transformer.h.1.attn.c_attn',
      'transformer.h.1.mlp.c_proj',
    ]);
    expect(adapted()).toHaveLength(8);
    tf.dispose([model.weights, batches]);
  });

  test('are refused where they would mean nothing', async () => {
    const { base, model, batches } = await recorded('gpt2');
    expect(() => addLora(base, { rank: 0, alpha: 1 })).toThrow('a rank from 1 on is required, found 0');
    expect(() => addLora(base, { rank: 1, alpha: 0 })).toThrow('an alpha above 0 is required, found 0');
    expect(() => addLora(base, { rank: 1, alpha: 1, targets: ['q_proj'] })).toThrow(
      'a target among c_attn, c_proj, c_fc is required, found "q_proj"',
    );
    expect(() => addLora(model, { rank: 1, alpha: 1 })).toThrow(
      'a model without adapters is required, found one that has some',
    );
    tf.dispose([model.weights, batches]);
  });
});
