import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainCommand } from '../../../src/cli/commands/train.ts';
import { ARCHITECTURES, registerArchitecture } from '../../../src/model/index.ts';
import { SCALED_LLAMA } from '../../fixtures/scaled-llama.ts';

test('train reads `init` of every registered architecture, and refuses others by the names of all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const config = join(folder, 'train.json');
  const read = async (init: object) => {
    await writeFile(join(folder, 'dialogues.jsonl'), '');
    await writeFile(join(folder, 'tokenizer.json'), '');
    const file = { init, tokenizer: 'tokenizer.json', data: ['dialogues.jsonl'], out: 'out' };
    await writeFile(config, JSON.stringify(file));
    return (await trainCommand.config.read({ config })).init;
  };
  const sizes = { maxPositions: 16, hiddenSize: 8, layers: 1, heads: 2 };
  const scaled = { architecture: 'scaled-llama', ...sizes, embeddingMultiplier: 3 };

  await expect(read(scaled)).rejects.toThrow('unknown option "embeddingMultiplier" in init');
  onTestFinished(registerArchitecture(SCALED_LLAMA));
  expect(await read(scaled)).toEqual(scaled);
  const initNames = ARCHITECTURES.map(({ name }) => name).join(', ');
  await expect(read({ architecture: 'mamba', ...sizes })).rejects.toThrow(
    `${config}: init.architecture must be one of ${initNames}, got "mamba"`,
  );
  await expect(read({ ...scaled, embedingMultiplier: 3 })).rejects.toThrow(
    `${config}: unknown option "embedingMultiplier" in init; did you mean "embeddingMultiplier"?`,
  );
});
