import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  addLora,
  loadLora,
  loadModel,
  type Model,
  mergeLora,
  openSafetensors,
  saveLora,
  saveModel,
  type Weights,
  writeSafetensors,
} from '../../../src/model/index.ts';
import { ReadError } from '../../../src/readers/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models/gpt2');

onBackend('cpu');
expectTensorsFreed();

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lora-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const values = (weights: Weights) =>
  Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, [...weight.dataSync()]]));

/** The tiny model with adapters as PEFT saved them, and the tensors of those alone. */
async function adapted(): Promise<{ base: Model; model: Model }> {
  const base = await loadModel(GOLDEN);
  return { base, model: await loadLora(join(GOLDEN, 'lora'), base) };
}

describe('adapters', () => {
  test('come back as they were saved, under PEFT’s names', async () => {
    const { base, model } = await adapted();
    const folder = await newFolder();
    const paths = await saveLora(folder, model, { base: 'gpt2', dropout: 0.05 });
    expect(paths).toEqual(
      ['adapter_model.safetensors', 'adapter_config.json'].map(name => join(folder, name)),
    );
    const [ours, theirs] = [
      await openSafetensors(join(folder, 'adapter_model.safetensors')),
      await openSafetensors(join(GOLDEN, 'lora/adapter_model.safetensors')),
    ];
    expect([...ours.tensors.keys()].sort()).toEqual([...theirs.tensors.keys()].sort());
    await ours.close();
    await theirs.close();
    const config = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'));
    expect(config).toMatchObject({
      peft_type: 'LORA',
      base_model_name_or_path: 'gpt2',
      r: 3,
      lora_alpha: 6,
      lora_dropout: 0.05,
      target_modules: ['c_attn', 'c_proj', 'c_fc'],
      fan_in_fan_out: true,
    });
    const again = await loadLora(folder, base);
    expect(values(again.weights)).toEqual(values(model.weights));
    tf.dispose([model.weights, again.weights]);
  });

  test('are named in full where their last names mean others too', async () => {
    const base = await loadModel(GOLDEN);
    const model = addLora(base, { rank: 2, alpha: 3, targets: ['mlp.c_proj'] });
    const folder = await newFolder();
    await saveLora(folder, model);
    const config = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'));
    expect(config.target_modules).toEqual(['transformer.h.0.mlp.c_proj', 'transformer.h.1.mlp.c_proj']);
    tf.dispose(model.weights);
  });

  test('have ranks and alphas of their own where a pattern says so, and come back with them', async () => {
    const base = await loadModel(GOLDEN);
    const model = addLora(base, {
      rank: 2,
      alpha: 4,
      rankPattern: { 'mlp.c_proj': 3 },
      alphaPattern: { 'h.1.attn.c_attn': 10 },
    });
    const folder = await newFolder();
    await saveLora(folder, model);
    const config = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'));
    expect(config).toMatchObject({
      r: 2,
      lora_alpha: 4,
      rank_pattern: { '^transformer.h.0.mlp.c_proj': 3, '^transformer.h.1.mlp.c_proj': 3 },
      alpha_pattern: { '^transformer.h.1.attn.c_attn': 10 },
    });
    const again = await loadLora(folder, base);
    expect(values(again.weights)).toEqual(values(model.weights));
    expect(again.weights['transformer.h.1.attn.c_attn.lora_scale']?.dataSync()[0]).toBe(5);
    expect(again.weights['transformer.h.0.mlp.c_proj.lora_A.weight']?.shape).toEqual([3, 64]);
    tf.dispose([model.weights, again.weights]);
  });

  test('add B · A, scaled, to a matrix where they are merged: in [inputs, outputs] as its transpose', async () => {
    const base = await loadModel(GOLDEN);
    const model = addLora(base, { rank: 2, alpha: 1, targets: ['h.0.attn.c_proj'] });
    const name = 'transformer.h.0.attn.c_proj';
    const b = tf.ones([16, 2]);
    const merged = mergeLora({ ...model, weights: { ...model.weights, [`${name}.lora_B.weight`]: b } });
    const a = model.weights[`${name}.lora_A.weight`]?.arraySync() as number[][];
    const [before, after] = [base, merged].map(
      ({ weights }) => weights[`${name}.weight`]?.arraySync() as number[][],
    );
    // Each output gets half the sum of A's rows.
    expect(after?.[3]?.[5]).toBeCloseTo(
      (before?.[3]?.[5] ?? 0) + ((a[0]?.[3] ?? 0) + (a[1]?.[3] ?? 0)) / 2,
      6,
    );
    expect(Object.keys(merged.weights)).toEqual(Object.keys(base.weights));
    tf.dispose([model.weights, merged.weights, b]);
  });

  test('do not get lost: a model that has some is not saved without them', async () => {
    const { model } = await adapted();
    await expect(saveModel(await newFolder(), model)).rejects.toThrow(
      'Cannot save the model: weights without adapters are required, found 8 of them. Save what mergeLora() makes',
    );
    tf.dispose(model.weights);
  });

  test('that are not there are not saved', async () => {
    const base = await loadModel(GOLDEN);
    await expect(saveLora(await newFolder(), base)).rejects.toThrow(
      'Cannot save adapters: a model with adapters is required, found none',
    );
    tf.dispose(base.weights);
  });
});

describe('an adapter’s folder', () => {
  /** A folder of adapters with another config or other tensors, which are then refused. */
  async function expectRefused(
    message: string,
    { config = {}, tensors }: { config?: object; tensors?: Readonly<Record<string, readonly number[]>> },
  ): Promise<void> {
    const base = await loadModel(GOLDEN);
    const folder = await newFolder();
    const names = Object.entries(tensors ?? { [A]: [2, 16], [B]: [48, 2] });
    await writeSafetensors(
      folder,
      names.map(([name, shape]) => ({
        name,
        shape,
        values: () => new Float32Array(shape.reduce((product, length) => product * length, 1)),
      })),
      { stem: 'adapter_model' },
    );
    const json = { peft_type: 'LORA', r: 2, lora_alpha: 2, ...config };
    await writeFile(join(folder, 'adapter_config.json'), JSON.stringify(json));
    const error = await loadLora(folder, base).then(
      () => 'It was loaded',
      error => error,
    );
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toContain(message);
    expect(error.message).toContain(folder);
    tf.dispose(base.weights);
  }

  const MAP = 'base_model.model.transformer.h.0.attn.c_attn';
  const [A, B] = [`${MAP}.lora_A.weight`, `${MAP}.lora_B.weight`];

  test.each([
    ['another method', { peft_type: 'IA3' }, '"LORA" under "peft_type"'],
    ['DoRA', { use_dora: true }, 'false under "use_dora"'],
    ['trained biases', { bias: 'all' }, '"none" under "bias"'],
    ['PiSSA, which moves the base', { init_lora_weights: 'pissa' }, 'true under "init_lora_weights"'],
    [
      'an alpha by a regular expression',
      { alpha_pattern: { '(a+)+$': 4 } },
      'names of maps under "alpha_pattern"',
    ],
    ['an alpha of 0 for a map', { alpha_pattern: { c_attn: 0 } }, 'numbers above 0 by names of maps'],
    ['a method with a config of its own', { corda_config: { k: 1 } }, 'nothing under "corda_config"'],
    ['no alpha', { lora_alpha: null }, 'a number above 0 under "lora_alpha"'],
  ])('of %s is refused', async (_, config, message) => {
    await expectRefused(message, { config });
  });

  test.each([
    ['a tensor of no map', { [A]: [2, 16], [B]: [48, 2], [`${MAP}.bias`]: [48] }, 'A or B of a linear map'],
    ['an A without its B', { [A]: [2, 16] }, 'lora_B.weight'],
    ['a shape of another model', { [A]: [2, 32], [B]: [48, 2] }, 'shape [2,16]'],
    ['two ranks', { [A]: [2, 16], [B]: [48, 3] }, 'shape [48,2]'],
    ['rank 0', { [A]: [0, 16], [B]: [48, 0] }, 'shape [0,16]'],
    ['no tensor', {}, 'an adapter'],
  ])('with %s is refused', async (_, tensors, message) => {
    await expectRefused(message, { tensors });
  });
});
