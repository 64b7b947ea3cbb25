import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { addLora, forward } from '../../../src/model/index.ts';
import { adamw, type Batch, type TrainStep, takeStep, trainStep } from '../../../src/train/index.ts';
import {
  BACKENDS,
  expectTensorsFreed,
  noFallbackOn,
  onBackend,
  PLAIN_AND_COMPILED,
  tidily,
  timesOn,
} from '../../fixtures/backends.ts';
import { recordedTraining } from './recorded-training.ts';

/** Losses of steps that change nothing, so that only masks distinguish them. */
async function lossesOf(step: TrainStep, batch: Batch | readonly Batch[], count: number): Promise<number[]> {
  const taken = Array.from({ length: count }, () => step(batch, 0));
  const losses = await Promise.all(taken.map(({ loss }) => loss.array()));
  tf.dispose(taken);
  return losses;
}

describe.each(['gpt2', 'llama-tied'])('dropout in %s', name => {
  onBackend('cpu');

  test('has its places: the embedding, and in each block attention shares and both outputs', async () => {
    const { model, batches } = await recordedTraining(name);
    const adapted = addLora(model, { rank: 1, alpha: 1, targets: [name === 'gpt2' ? 'c_attn' : 'v_proj'] });
    const places: string[] = [];
    const shapes: string[] = [];
    const logits = forward(model.config, adapted.weights, (batches[0] as Batch).ids, {
      dropout: (x, of, place) => {
        places.push(`${of} ${place.replace(/.*\.(\d)\./, '$1.')}`);
        shapes.push(String(x.shape));
        return x;
      },
    });
    const [attention, output, mlp, input] =
      name === 'gpt2'
        ? ['attn', 'attn.c_proj', 'mlp.c_proj', 'attn.c_attn']
        : ['self_attn', 'self_attn.o_proj', 'mlp.down_proj', 'self_attn.v_proj'];
    const inBlock = (layer: number) => [
      `adapter ${layer}.${input}`,
      ...[attention, output, mlp].map(part => `hidden ${layer}.${part}`),
    ];
    expect(places).toEqual(['hidden embedding', ...inBlock(0), ...inBlock(1)]);
    // 2 rows of 12 tokens, 16 wide; 4 heads.
    const ofBlock = ['24,16', '2,4,12,12', '2,12,16', '2,12,16'];
    expect(shapes).toEqual(['2,12,16', ...ofBlock, ...ofBlock]);
    tf.dispose([logits, adapted.weights, batches]);
  });
});

describe.each(BACKENDS)('on the backend %s, dropout', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test.each([
    ['of hidden values', { dropout: 0.3 }],
    ['of adapters’ inputs', { lora: { rank: 4, alpha: 64, dropout: 0.3 } }],
  ])('%s draws a new mask at each step, from the seed and the number of the step', async (_, options) => {
    const { model, batches } = await recordedTraining('gpt2');
    const batch = batches[0] as Batch;
    const begin = (seed: number) => {
      const step = trainStep(model, { optimizer: adamw({ weightDecay: 0 }), onFallback, seed, ...options });
      // B starts at 0, where an adapter's input does not matter.
      for (const [name, variable] of Object.entries(step.trained)) {
        if (name.endsWith('lora_B.weight')) tf.tidy(() => variable.assign(tf.fill(variable.shape, 0.1)));
      }
      return step;
    };
    const [first, again, other, resumed] = [begin(1), begin(1), begin(2), begin(1)];
    const steps = timesOn(backend, 6);
    const losses = await lossesOf(first, batch, steps);
    expect(new Set(losses).size).toBe(steps);
    expect(await lossesOf(again, batch, steps)).toEqual(losses);
    expect((await lossesOf(other, batch, steps)).filter(loss => losses.includes(loss))).toEqual([]);
    tf.tidy(() => resumed.state.step?.assign(tf.scalar(steps - 1)));
    expect(await lossesOf(resumed, batch, 1)).toEqual(losses.slice(-1));
    for (const step of [first, again, other, resumed]) step.dispose();
    tf.dispose([model.weights, batches]);
  });

  test('is refused where nothing would be left', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const [optimizer, lora] = [adamw(), { rank: 1, alpha: 1, dropout: -0.1 }];
    expect(() => trainStep(model, { optimizer, dropout: 1 })).toThrow(
      'Cannot train with dropout: the rate must be at least 0 and below 1, got 1',
    );
    expect(() => trainStep(model, { optimizer, lora })).toThrow('below 1, got -0.1');
    tf.dispose([model.weights, batches]);
  });
});

describe.each(PLAIN_AND_COMPILED)('on the backend %s, dropout', backend => {
  onBackend(backend);
  expectTensorsFreed();
  const onFallback = noFallbackOn(backend);

  test('draws another mask for each batch of a step', async () => {
    const { model, batches } = await recordedTraining('gpt2');
    const batch = batches[0] as Batch;
    const step = trainStep(model, { optimizer: adamw(), onFallback, dropout: 0.3 });
    const [alone] = await lossesOf(step, batch, 1);
    tf.tidy(() => step.state.step?.assign(tf.scalar(0)));
    const [twice] = await lossesOf(step, [batch, batch], 1);
    expect(Math.abs((twice ?? 0) - (alone ?? 0))).toBeGreaterThan(1e-3);
    step.dispose();
    tf.dispose([model.weights, batches]);
  });

  test('is the same compiled and plain', async () => {
    const { model, batches } = await recordedTraining('llama-tied');
    const batch = batches[0] as Batch;
    const options = { optimizer: adamw(), dropout: 0.2 };
    const step = trainStep(model, { ...options, onFallback, seed: 5 });
    const found = step(batch, 1e-3);
    await tidily(async () => {
      const start = options.optimizer.start(model.weights);
      const plain = takeStep(model, start, batch, tf.scalar(1e-3), options, tf.scalar(5, 'int32'));
      expect(await found.loss.array()).toBeCloseTo(await plain.loss.array(), 5);
      expect(await found.gradNorm.array()).toBeCloseTo(await plain.gradNorm.array(), 4);
    });
    step.dispose();
    tf.dispose([model.weights, batches, found]);
  });
});
