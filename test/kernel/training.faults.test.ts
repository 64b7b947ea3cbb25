import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBackend } from '../fixtures/backends.ts';
import { eventually } from '../fixtures/patience.ts';
import { Client } from './client.ts';

onBackend('tensorflow');

let kernel: Client;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
  kernel = await Client.start({ env: { IMITATION_LAB_TYPES: 'off' } });
});
afterAll(async () => {
  await kernel.stop();
  await rm(folder, { recursive: true });
});

it('a cell that trains, interrupted, leaves a checkpoint of that moment, and the same cell resumes to the end', async () => {
  const toy = join(import.meta.dirname, '../src/train/toy-run.mjs');
  await kernel.run(`
    import { watchRun } from 'imitation-lab';
    import { resolveBackend } from 'imitation-lab/compute';
    import { initialise } from 'imitation-lab/model';
    import { finetune } from 'imitation-lab/train';
    const { TOY_CONFIG, toyBlocks } = await import(${JSON.stringify(toy)});
    await resolveBackend({ prefer: 'tensorflow' });
    const model = { config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) };`);
  const folderText = JSON.stringify(folder);
  const rows = async () =>
    (await readFile(join(folder, 'metrics.jsonl'), 'utf8').catch(() => '')).split('\n').length - 1;
  const state = async () => JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
  // Checkpoints of its own come at every 200th step.
  const train = `const run = await finetune(model, toyBlocks(32), { learningRate: 1e-3, steps: 400, checkpointEvery: 200, folder: ${folderText} }); run.rows.length`;
  const first = kernel.run(train.replace('const run', 'const early'));
  await eventually(async () => expect(await rows()).toBeGreaterThan(5));
  await kernel.interrupt();
  expect((await first).reply.content.ename).toBe('Interrupted');
  await eventually(async () => expect((await state()).status).toBe('interrupted'));
  const stopped = await rows();
  expect(stopped).toBeLessThan(200);
  expect(await readdir(join(folder, 'checkpoints'))).toContain(`step-${String(stopped).padStart(8, '0')}`);

  const again = await kernel.run(train);
  expect(again.result, again.text('stderr')).toBe('400');
  const shown = await kernel.run(`watchRun(${folderText})`);
  expect(JSON.stringify(shown.outputs)).toContain('fine-tune: finished, step 400 of 400');
});

it.each(['SIGTERM', 'shutdown'] as const)(
  'a kernel that is stopped by %s first lets a training save its state',
  async how => {
    const own = await Client.start({ env: { IMITATION_LAB_TYPES: 'off' } });
    const run = join(folder, how);
    const toy = join(import.meta.dirname, '../src/train/toy-run.mjs');
    void own.run(`
    import { resolveBackend } from 'imitation-lab/compute';
    import { initialise } from 'imitation-lab/model';
    import { finetune } from 'imitation-lab/train';
    const { TOY_CONFIG, toyBlocks } = await import(${JSON.stringify(toy)});
    await resolveBackend({ prefer: 'tensorflow' });
    const model = { config: TOY_CONFIG, weights: initialise(TOY_CONFIG, 1) };
    await finetune(model, toyBlocks(32), { learningRate: 1e-3, steps: 100_000, checkpointEvery: 50_000, folder: ${JSON.stringify(run)} });`);
    const rows = async () =>
      (await readFile(join(run, 'metrics.jsonl'), 'utf8').catch(() => '')).split('\n').length - 1;
    await eventually(async () => expect(await rows()).toBeGreaterThan(20));
    if (how === 'SIGTERM') {
      own.process.kill('SIGTERM');
      await eventually(() => expect(own.process.exitCode).toBe(0));
    }
    await own.stop();
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({
      status: 'interrupted',
    });
    const latest = await readFile(join(run, 'checkpoints', 'latest'), 'utf8');
    expect(Number(latest.replace('step-', ''))).toBe(await rows());
    expect(await readdir(run)).not.toContain('lease.json');
  },
);
