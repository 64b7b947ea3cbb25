import { expect, test } from 'vitest';
import { tf } from '../../../src/compute/index.ts';
import { expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

onBackend('tensorflow');
expectTensorsFreed();

test.each([
  ['float32', Float32Array],
  ['int32', Int32Array],
  ['bool', Uint8Array],
] as const)('a %s tensor holds a copy of the numbers that it is made of', (dtype, Numbers) => {
  const memory = new ArrayBuffer(1024);
  // TensorFlow can use memory that begins at a multiple of 64 bytes as it is: one of these places does.
  for (let start = 0; start < 64; start += Numbers.BYTES_PER_ELEMENT) {
    const numbers = new Numbers(memory, start, 100).fill(1);
    const [before, after] = tf.tidy(() => {
      const tensor = tf.tensor(numbers, [100], dtype);
      const first = tf.sum(tensor).dataSync()[0];
      numbers.fill(0);
      return [first, tf.sum(tensor).dataSync()[0]];
    });
    expect([start, before, after]).toEqual([start, 100, 100]);
  }
});
