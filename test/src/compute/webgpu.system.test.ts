import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { resolveBackend } from '../../../src/compute/index.ts';
import { type WebgpuBackend, webgpuBackend } from '../../../src/compute/register-webgpu.ts';
import { onBackend, WITH_WEBGPU } from '../../fixtures/backends.ts';

describe('the backend webgpu', WITH_WEBGPU, () => {
  onBackend('webgpu');

  test('is taken when it is asked for, and says where it computes in software', async () => {
    const { name, device, reason } = await resolveBackend({ prefer: 'webgpu' });
    const { software } = (webgpuBackend() as WebgpuBackend).opened;
    expect([name, device.endsWith(' (software)')]).toEqual(['webgpu', software]);
    expect(reason).toBe(software ? 'it was asked for' : 'Dawn found the GPU');
  });

  test('gives values to those that wait for them, and says so to those that do not', async () => {
    const product = tf.matMul(tf.ones([40, 40]), tf.ones([40, 40]));
    expect(() => product.dataSync()).toThrow(
      'Cannot read from a GPU at once: await the tensor’s data() or array()',
    );
    expect(await product.data()).toEqual(new Float32Array(1600).fill(40));
  });

  test('adds more tensors than a shader has room for', async () => {
    const { maxStorageBuffersPerShaderStage: room } = (webgpuBackend() as WebgpuBackend).device.limits;
    for (const count of [1, 2, room - 1, room, 2 * room - 3, 2 * room - 2, 5 * room]) {
      const held = tf.memory().numTensors;
      const tensors = Array.from({ length: count }, (_, i) => tf.fill([40, 40], i + 1));
      const sum = tf.addN(tensors);
      expect(await sum.data()).toEqual(new Float32Array(1600).fill((count * (count + 1)) / 2));
      tf.dispose(tensors);
      sum.dispose();
      expect(tf.memory().numTensors).toBe(held);
    }
  });

  test.each([0, 1, 2, 3])('multiplies alike by program %i of the package', async program => {
    const chosen = tf.env().getNumber('WEBGPU_MATMUL_PROGRAM_TYPE');
    const [rows, inner, columns] = [5, 70, 9];
    const values = (size: number) => Float32Array.from({ length: size }, (_, i) => (i % 7) - 3);
    const [a, b] = [values(rows * inner), values(inner * columns)];
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', program);
    const found = await tf.matMul(tf.tensor2d(a, [rows, inner]), tf.tensor2d(b, [inner, columns])).data();
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', chosen);
    for (const [at, value] of found.entries()) {
      const [row, column] = [Math.floor(at / columns), at % columns];
      const terms = Array.from(
        { length: inner },
        (_, i) => (a[row * inner + i] ?? 0) * (b[i * columns + column] ?? 0),
      );
      expect(value).toBe(terms.reduce((sum, term) => sum + term, 0));
    }
  });

  test('never gives what a failed operation left: that operation fails, and all after it', async () => {
    const { maxBufferSize } = (webgpuBackend() as WebgpuBackend).device.limits;
    const before = tf.ones([40, 40]).add(1);
    const tooLarge =
      /^The GPU failed, so what it computed since cannot be trusted: Buffer size \(\d+\) exceeds/;
    expect(() => tf.fill([maxBufferSize / 4 + 1], 1)).toThrow(tooLarge);
    expect(() => before.add(1)).toThrow(tooLarge);
    await expect(before.data()).rejects.toThrow(tooLarge);
    expect(() => before.dataSync()).toThrow(tooLarge);

    await resolveBackend({ prefer: 'webgpu' });
    before.dispose();
    const after = tf.ones([40, 40]).add(1);
    expect(await after.data()).toEqual(new Float32Array(1600).fill(2));
  });

  test('fails what is read from a device that was lost', async () => {
    const held = tf.ones([40, 40]).add(1);
    (webgpuBackend() as WebgpuBackend).device.destroy();
    await expect(held.add(1).data()).rejects.toThrow(
      /^The GPU failed, so what it computed since cannot be trusted: the device was lost/,
    );
    expect(() => held.add(1)).toThrow(/the device was lost/);

    await resolveBackend({ prefer: 'webgpu' });
    expect(await tf.ones([40, 40]).add(1).sum().data()).toEqual(Float32Array.of(3200));
  });

  test('lets the process end that used it', () => {
    const script = `
      import * as tf from '@tensorflow/tfjs';
      import { resolveBackend } from 'imitation-lab/compute';
      await resolveBackend({ prefer: 'webgpu' });
      console.log(String(await tf.matMul(tf.ones([40, 40]), tf.ones([40, 40])).sum().data()));
      globalThis.gc();`;
    const output = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('64000');
  });
});
