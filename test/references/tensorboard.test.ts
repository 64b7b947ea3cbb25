import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initialise } from '../../src/model/index.ts';
import { finetune } from '../../src/train/index.ts';
import { TOY_CONFIG, toyBlocks } from '../src/train/toy-run.mjs';
import { runPython } from './run-python.ts';

test('TensorBoard reads each step of an interrupted and resumed run once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'events-'));
  try {
    const interruption = new AbortController();
    const options = {
      folder,
      learningRate: 1e-3,
      steps: 6,
      batchSize: 4,
      evalBlocks: toyBlocks(2),
      evalEvery: 3,
      checkpointEvery: 2,
      sample: async () => [{ prompt: 'One', text: 'two\nthree' }],
      onFallback: () => {},
    };
    const train = (more = {}) =>
      finetune({ config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) }, toyBlocks(20), {
        ...options,
        ...more,
      });
    const interrupted = train({
      signal: interruption.signal,
      onRow: ({ step }: { step: number }) => {
        if (step === 3) interruption.abort();
      },
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    const { rows } = await train();
    const found = await runPython<Record<string, [number, number | string][]>>('read-events.py', folder);
    expect(found['train/loss']).toEqual(rows.map(({ step, loss }) => [step, loss]));
    expect(found['train/grad_norm']).toEqual(rows.map(({ step, gradNorm }) => [step, gradNorm]));
    expect(found['eval/loss']).toEqual(
      rows.flatMap(({ step, evalLoss }) => (evalLoss === undefined ? [] : [[step, evalLoss]])),
    );
    expect(found['samples/1']).toEqual([3, 6].map(step => [step, '    One\n\n    two\n    three']));
  } finally {
    await rm(folder, { recursive: true });
  }
});
