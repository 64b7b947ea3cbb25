import { copyFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveBackend } from '../../../src/compute/index.ts';
import { localModel, modelIdentity, openModel } from '../../../src/generate/index.ts';
import { addLora, loadModel, saveLora } from '../../../src/model/index.ts';
import { tinyGguf, tinyModel } from '../../fixtures/tiny-model.ts';

const scratch = await mkdtemp(join(tmpdir(), 'identity-'));
let tiny = '';
let made = 0;

beforeAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
  tiny = await tinyModel();
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
  await rm(tiny, { recursive: true });
});

/** Copies the tiny model to a new folder. */
async function copy(): Promise<string> {
  const folder = join(scratch, `${++made}`, 'model');
  await cp(tiny, folder, { recursive: true });
  return folder;
}

/** Changes one byte at the end of a file. */
async function changeByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function changeJson(path: string, changed: object): Promise<void> {
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...changed }));
}

/** Saves adapters of the tiny model, drawn by a seed. */
async function adapter(seed: number): Promise<string> {
  const folder = join(scratch, `adapter-${seed}`);
  const base = await loadModel(tiny);
  const adapted = addLora(base, { rank: 2, alpha: 4, seed });
  // The second matrix begins as zeros, by which nothing would change.
  const weights = Object.fromEntries(
    Object.entries(adapted.weights).map(([name, weight]) => [
      name,
      name.includes('lora_B') ? tf.fill(weight.shape, 0.3) : weight,
    ]),
  );
  await saveLora(folder, { ...adapted, weights });
  tf.dispose([base.weights, adapted.weights, weights]);
  return folder;
}

describe('modelIdentity()', () => {
  test('is the same wherever the model is, by whatever name', async () => {
    const [a, b] = [await copy(), await copy()];
    await symlink(a, join(scratch, 'link'));
    const identity = await modelIdentity(a);
    expect(identity).toMatch(/^weights [0-9a-f]{64}$/);
    expect([await modelIdentity(b), await modelIdentity(join(scratch, 'link'))]).toEqual([
      identity,
      identity,
    ]);
  });

  test('is another after one changed bit of weights, tokenizer or config', async () => {
    const identity = await modelIdentity(tiny);
    const [weights, tokenizer, config, ends] = [await copy(), await copy(), await copy(), await copy()];
    await changeByte(join(weights, 'model.safetensors'));
    await changeJson(join(tokenizer, 'tokenizer.json'), { decoder: null });
    await changeJson(join(config, 'config.json'), { rms_norm_eps: 0.1 });
    await writeFile(join(ends, 'generation_config.json'), JSON.stringify({ eos_token_id: [7] }));
    const others = await Promise.all([weights, tokenizer, config, ends].map(folder => modelIdentity(folder)));
    expect(new Set([identity, ...others]).size).toBe(5);
  });

  test('does not depend on the chat template, on other files, and on adapters that are not added', async () => {
    const folder = await copy();
    await writeFile(join(folder, 'chat_template.jinja'), '{{ messages[0].content }}');
    await writeFile(join(folder, 'README.md'), 'Ours.');
    await cp(await adapter(1), join(folder, 'adapter'), { recursive: true });
    expect(await modelIdentity(folder)).toBe(await modelIdentity(tiny));
  });

  test('has a part for the adapter', async () => {
    const [one, two] = [await adapter(1), await adapter(2)];
    const identities = [
      await modelIdentity(tiny),
      await modelIdentity(tiny, { adapter: one }),
      await modelIdentity(tiny, { adapter: two }),
    ];
    expect(new Set(identities).size).toBe(3);
    await cp(one, join(scratch, 'moved'), { recursive: true });
    expect(await modelIdentity(tiny, { adapter: join(scratch, 'moved') })).toBe(identities[1]);
  });

  test('of a .gguf file is that of its bytes', async () => {
    const path = await tinyGguf(scratch);
    const moved = join(scratch, 'moved.gguf');
    await copyFile(path, moved);
    expect(await modelIdentity(moved)).toBe(await modelIdentity(path));
    await changeByte(moved);
    expect(await modelIdentity(moved)).not.toBe(await modelIdentity(path));
  });
});

describe('localModel()', () => {
  test('computes with an adapter, and has the identity of both', async () => {
    const before = tf.memory().numTensors;
    const folder = await adapter(1);
    const [plain, adapted] = [await localModel(tiny), await localModel(tiny, { adapter: folder })];
    expect(plain.identity).toBe(await modelIdentity(tiny));
    expect(adapted.identity).toBe(await modelIdentity(tiny, { adapter: folder }));
    const [without = 0] = await plain.score('hello', ['x']);
    const [within = 0] = await adapted.score('hello', ['x']);
    expect(Math.abs(without - within)).toBeGreaterThan(1e-4);
    plain.dispose();
    adapted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('draws each sample with a seed of its own, the first with that of the settings', async () => {
    const model = await localModel(tiny);
    const ask = async (seed: number, samples: readonly (number | undefined)[]) => {
      const questions = samples.map(sample => ({ id: 'a', text: 'hello', sample }));
      const found = [];
      for await (const { sample, text } of model.generate(questions, { temperature: 2, maxTokens: 8, seed }))
        found.push({ sample, text });
      return found.sort((a, b) => (a.sample ?? 0) - (b.sample ?? 0));
    };
    const [alone] = await ask(5, [undefined]);
    const several = await ask(5, [0, 1, 2]);
    expect(several.map(({ sample }) => sample)).toEqual([0, 1, 2]);
    expect(several[0]?.text).toBe(alone?.text);
    expect(new Set(several.map(({ text }) => text)).size).toBe(3);
    expect(await ask(5, [2])).toEqual([several[2]]);
    model.dispose();
  });
});

test('openModel() refuses an adapter where none can be added', async () => {
  const folder = await adapter(1);
  await expect(
    openModel({ model: 'http://127.0.0.1:9/v1', modelName: 'm', adapter: folder }),
  ).rejects.toThrow(
    `Cannot add the adapter ${folder} to a server: a model's folder or a .gguf file is required`,
  );
});
