import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { initConfig, registerArchitecture, toHuggingFace } from '../../../../src/model/index.ts';
import { findCheckpoint } from '../../../../src/study/config/find-checkpoint.ts';
import { writeTinyCheckpoint } from '../../../../src/study/dry-run/tiny-checkpoint.ts';
import { NOMINAL_DEVICE } from '../../../../src/study/estimate/device.ts';
import { estimateTraining } from '../../../../src/study/estimate/estimate-run.ts';
import { SCALED_LLAMA } from '../../../fixtures/scaled-llama.ts';

test('a checkpoint of a registered architecture is found, estimated and rehearsed', async () => {
  onTestFinished(registerArchitecture(SCALED_LLAMA));
  const config = initConfig(
    {
      architecture: 'scaled-llama',
      maxPositions: 16,
      hiddenSize: 8,
      layers: 1,
      heads: 2,
      kvHeads: 1,
      intermediateSize: 4,
      embeddingMultiplier: 3,
    },
    5,
  );
  const path = await mkdtemp(join(tmpdir(), 'lab-'));
  await writeFile(join(path, 'config.json'), JSON.stringify(toHuggingFace(config)));
  for (const name of ['tokenizer.json', 'model.safetensors']) await writeFile(join(path, name), '');

  const found = await findCheckpoint({ name: 'scaled', path });
  expect(found).toMatchObject({ config, missing: [], sizes: { weights: { all: 352 } } });
  // 352 weights of 4 bytes.
  const { sizes } = found;
  expect(sizes && estimateTraining(sizes, 100, { epochs: 1 }, NOMINAL_DEVICE).disk.left).toBe(1408);

  const rehearsed = join(path, 'rehearsed');
  await writeTinyCheckpoint(rehearsed, config, { texts: ['two words'] });
  expect((await findCheckpoint({ name: 'scaled', path: rehearsed })).config).toMatchObject({
    architecture: 'scaled-llama',
    embeddingMultiplier: 3,
    layers: 2,
    headDim: 8,
    maxPositions: 8192,
  });
});
