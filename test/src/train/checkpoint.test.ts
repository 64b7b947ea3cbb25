import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  checkpointOf,
  latestCheckpoint,
  removeUnfinished,
  writeCheckpoint,
} from '../../../src/train/checkpoint.ts';
import { BACKENDS, expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

const run = promisify(execFile);
const settings = { learningRate: 0.1, data: 'abc' };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a checkpoint of a step whose one weight holds these values. */
async function write(step: number, values: Float32Array = Float32Array.of(step), keep = 2, best?: number) {
  const tensors = { trained: { 'a/b': tf.tensor(values) }, state: { step: tf.scalar(step) } };
  try {
    await writeCheckpoint(folder, { version: 1, step, seed: 7, settings }, tensors, { keep, best });
  } finally {
    tf.dispose(tensors);
  }
}

const checkpoints = async () => (await readdir(folder)).filter(name => name !== 'latest').sort();

describe.each(BACKENDS)('on the backend %s, a checkpoint', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test('gives every bit back: signs of zero, numbers close to it, infinities, any NaN', async () => {
    const bits = Uint32Array.of(
      0x80000000,
      1,
      0x807fffff,
      0x7f800000,
      0xff800000,
      0x7fc00001,
      0xffc12345,
      0x3dcccccd,
    );
    await write(3, new Float32Array(bits.buffer));
    const found = await latestCheckpoint(folder, settings);
    const [zeros, zero] = [tf.zeros([8]), tf.scalar(0)];
    const trained = { 'a/b': tf.variable(zeros) };
    const state = { step: tf.variable(zero) };
    await found?.restore(trained, state);
    expect(found).toMatchObject({ step: 3, seed: 7 });
    expect(new Uint32Array((await trained['a/b'].data()).slice().buffer)).toEqual(bits);
    expect([...(await state.step.data())]).toEqual([3]);
    const read = await found?.readTrained();
    expect(new Uint32Array((await read?.['a/b']?.data())?.slice().buffer ?? [])).toEqual(bits);
    tf.dispose([zeros, zero, trained, state, read ?? {}]);
  });
});

describe('of many checkpoints', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('the newest stay, and the best', async () => {
    for (const step of [10, 20, 30, 40]) await write(step, undefined, 2, 10);
    expect(await checkpoints()).toEqual(['step-00000010', 'step-00000030', 'step-00000040']);
    expect((await latestCheckpoint(folder, settings))?.step).toBe(40);
    expect((await checkpointOf(folder, 10, settings)).step).toBe(10);
  });

  test('the latest is the one that was written to its end; what is newer goes', async () => {
    await write(10);
    // As a kill leaves it: made aside, or renamed before it was named the latest.
    await mkdir(join(folder, 'step-00000020.0f0f.tmp'));
    await mkdir(join(folder, 'step-00000030'));
    expect((await latestCheckpoint(folder, settings))?.step).toBe(10);
    await removeUnfinished(folder);
    expect(await checkpoints()).toEqual(['step-00000010']);
    await write(30);
    expect((await latestCheckpoint(folder, settings))?.step).toBe(30);
  });

  test('there is none in an empty folder, or before there is a folder', async () => {
    expect(await latestCheckpoint(folder, settings)).toBeUndefined();
    expect(await latestCheckpoint(join(folder, 'none'), settings)).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  onBackend('cpu');
  expectTensorsFreed();

  test('of another config or data is refused, with both values', async () => {
    await write(1);
    await expect(latestCheckpoint(folder, { ...settings, learningRate: 0.2 })).rejects.toThrow(
      `the checkpoint ${folder}/step-00000001 was started with learningRate 0.1, got 0.2`,
    );
    await expect(latestCheckpoint(folder, { ...settings, data: 'abd' })).rejects.toThrow(
      'was started with data "abc", got "abd": use another folder or delete it',
    );
    await expect(latestCheckpoint(folder, { ...settings, maxGradNorm: 1 })).rejects.toThrow(
      'maxGradNorm unset, got 1',
    );
  });

  test('that is damaged is refused by the name of the file', async () => {
    await write(1);
    const weights = join(folder, 'step-00000001', 'model.safetensors');
    await appendFile(weights, 'x');
    const found = await latestCheckpoint(folder, settings);
    await expect(found?.readTrained()).rejects.toThrow(`Cannot read ${weights}`);
    await writeFile(join(folder, 'latest'), '../../etc\n');
    await expect(latestCheckpoint(folder, settings)).rejects.toThrow(
      'latest: it must name a checkpoint, got ../../etc',
    );
  });

  test('holds real numbers alone', async () => {
    const state = { count: tf.tensor1d([1], 'int32') };
    const record = { version: 1, step: 1, seed: 0, settings } as const;
    await expect(writeCheckpoint(folder, record, { trained: {}, state }, { keep: 1 })).rejects.toThrow(
      '"count" must be float32, got int32',
    );
    tf.dispose(state);
  });
});

describe('where the disk is full', () => {
  onBackend('cpu');

  test('a checkpoint is refused in words, and the one before it can be read', async () => {
    const place = join(folder, 'full');
    await mkdir(place);
    const writer = [process.execPath, join(import.meta.dirname, 'write-checkpoints.mjs'), place];
    // A file system of 3 MB where this machine lets us mount one, else a limit of 3 MB on the size of files.
    const isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', place]).then(
      () => true,
      () => false,
    );
    try {
      const limited = ['-c', 'trap \'\' XFSZ; ulimit -f 3072; exec "$@"', 'bash', ...writer];
      const { stdout } = await (isMounted ? run(writer[0] as string, writer.slice(1)) : run('bash', limited));
      const reason = isMounted ? 'ENOSPC: no space left on device, write' : 'EFBIG: file too large, write';
      expect(stdout.trim()).toBe(
        `Cannot write the checkpoint of step 2 to ${place}: ${reason}; step-00000001 is kept`,
      );
      expect((await readdir(place)).sort()).toEqual(['latest', 'step-00000001']);
      const found = await latestCheckpoint(place, {});
      const read = await found?.readTrained();
      expect(read?.weight?.dataSync()).toEqual(new Float32Array(1000).fill(1));
      tf.dispose(read ?? {});
    } finally {
      if (isMounted) await run('umount', [place]);
    }
  });
});
