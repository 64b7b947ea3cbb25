import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../../src/compute/index.ts';
import { runFolder } from '../../../../src/jobs/index.ts';
import { STUDY_SCALES, type WorldStudy } from '../../../../src/study/config/world-study.ts';
import { planWorld } from '../../../../src/study/pipeline/plan-world.ts';
import type { StudyRun } from '../../../../src/study/pipeline/study-run.ts';
import { stages } from '../../../../src/study/stages/index.ts';

/** A study of one base model and one imitation model, smaller than `tiny`. */
const SMALL: WorldStudy = {
  ...STUDY_SCALES.tiny,
  bases: STUDY_SCALES.tiny.bases.slice(0, 1),
  budgets: [500],
  budgetBases: [0],
  localBases: [],
  mix: { bases: [], share: 0 },
  asked: { prompts: 2, facts: 2, sums: 1, programs: 1, summaries: 1, toxicity: 1 },
  maxTokens: 8,
};

let folder = '';
beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend();
  folder = await mkdtemp(join(tmpdir(), 'dispose-'));
});
afterAll(() => rm(folder, { recursive: true }));

const plan = planWorld(SMALL, 1);
const find = (stage: string, model: string) => {
  const run = plan.find(each => each.stage === stage && (each.who?.model ?? '') === model);
  if (!run) throw new Error(`no ${stage} of ${model} is planned`);
  return run;
};

/** Does a run in this process, given those that it uses. @param blocked whether its result cannot be written. */
async function doRun(run: StudyRun, { blocked = false } = {}): Promise<void> {
  const inputs = Object.entries(run.inputs).map(([name, id]) => {
    const stage = plan.find(each => each.id === id)?.stage ?? '';
    return [name, { stage, folder: runFolder(folder, id) }] as const;
  });
  const result = blocked ? join(folder, 'blocked') : runFolder(folder, run.id);
  const scratch = join(folder, 'scratch');
  for (const path of [result, scratch]) await rm(path, { recursive: true, force: true });
  await mkdir(scratch);
  if (blocked) await writeFile(result, 'a file, in which there is no room for a folder');
  else await mkdir(result, { recursive: true });
  const stage = stages.find(({ name }) => name === run.stage);
  await stage?.start(
    { config: run.config, inputs: Object.fromEntries(inputs) },
    { folder: result, scratch, signal: new AbortController().signal, onProgress: () => {} },
  );
}

describe('a stage that opens a model', () => {
  beforeAll(async () => {
    await doRun(find('world', ''));
    await doRun(find('answers', 'teacher'));
  });

  test.each([
    find('pretrain', 'base'),
    find('finetune', 'broad'),
    find('answers', 'broad'),
    find('measure', 'broad'),
  ])('frees it, whether it ends or fails: $stage', async run => {
    // A first run leaves what all later ones share.
    await doRun(run);
    const before = tf.memory().numTensors;
    await doRun(run);
    expect(tf.memory().numTensors).toBe(before);
    await expect(doRun(run, { blocked: true })).rejects.toThrow('ENOTDIR');
    expect(tf.memory().numTensors).toBe(before);
  });
});
