import { cp, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { initConfig } from '../../../../src/model/index.ts';
import type { GivenCheckpointStudy } from '../../../../src/study/config/checkpoint-study.ts';
import { writeTinyCheckpoint } from '../../../../src/study/dry-run/tiny-checkpoint.ts';
import { planCheckpointStudy } from '../../../../src/study/pipeline/plan-study.ts';

/** The stages of a tiny study of one checkpoint, in which each run represents all of its stage. */
const STAGES = ['answers of base', 'answers of teacher', 'finetune', 'preference', 'prompts'];

/** Writes everything that the study reads. */
async function writeInputs(folder: string): Promise<GivenCheckpointStudy> {
  const config = initConfig(
    { architecture: 'gpt2', maxPositions: 64, hiddenSize: 8, layers: 1, heads: 2 },
    50,
  );
  const texts = ['two words', 'and more'];
  await writeTinyCheckpoint(join(folder, 'base'), config, { tokenizer: undefined, texts });
  await writeTinyCheckpoint(join(folder, 'judge'), config, { tokenizer: undefined, texts });
  const dialogue = {
    id: 'd',
    conversations: [
      { from: 'human', value: 'Why?' },
      { from: 'gpt', value: 'Because.' },
    ],
  };
  await writeFile(join(folder, 'broad.json'), JSON.stringify([dialogue]));
  await writeFile(join(folder, 'prompts.jsonl'), '{"id":"p","prompt":"What is red?"}\n');
  await writeFile(join(folder, 'teacher.jsonl'), '{"id":"p","prompt":"What is red?","output":"A colour."}\n');
  return inputsIn(folder);
}

function inputsIn(folder: string): GivenCheckpointStudy {
  return {
    checkpoints: [{ name: 'base', path: join(folder, 'base') }],
    data: { broad: [join(folder, 'broad.json')], facts: [], summaries: [] },
    budgets: [100],
    prompts: { source: join(folder, 'prompts.jsonl'), count: 1 },
    teacher: { model: join(folder, 'teacher.jsonl') },
    judge: { model: join(folder, 'judge') },
    benchmarks: {},
  };
}

/** Plans the study, and returns the id of the first run of each stage. */
async function idsOf(given: GivenCheckpointStudy): Promise<Map<string, string>> {
  const { runs } = await planCheckpointStudy({ config: given, seeds: [1], benchmarks: [] });
  const ids = new Map<string, string>();
  for (const { stage, label, id } of runs) {
    const name = stage === 'answers' ? `answers of ${/teacher/.test(label) ? 'teacher' : 'base'}` : stage;
    if (!ids.has(name)) ids.set(name, id);
  }
  return ids;
}

/** Replaces a text in a file, which must hold it. */
async function changeText(path: string, before: string, after: string): Promise<void> {
  const text = await readFile(path, 'latin1');
  expect(text).toContain(before);
  await writeFile(path, text.replace(before, after), 'latin1');
}

async function changeBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(path, bytes);
}

const newFolder = () => mkdtemp(join(tmpdir(), 'plan-identity-'));

/** A change of a study's files, and the stages that it runs again. */
const CASES: readonly [
  change: string,
  again: readonly string[],
  change: (folder: string) => Promise<unknown>,
  change?: (given: GivenCheckpointStudy) => GivenCheckpointStudy,
][] = [
  ['nothing', [], async () => {}],
  [
    'one bit of the checkpoint',
    ['answers of base', 'finetune', 'preference'],
    folder => changeBit(join(folder, 'base/model.safetensors')),
  ],
  ['one bit of the judge', ['preference'], folder => changeBit(join(folder, 'judge/model.safetensors'))],
  [
    'an answer of the teacher',
    ['answers of teacher', 'preference'],
    folder => changeText(join(folder, 'teacher.jsonl'), 'colour', 'shade'),
  ],
  [
    'a prompt',
    ['answers of base', 'answers of teacher', 'preference', 'prompts'],
    folder => changeText(join(folder, 'prompts.jsonl'), 'red', 'tea'),
  ],
  [
    'the imitation data, without which prompts are chosen too',
    ['answers of base', 'answers of teacher', 'finetune', 'preference', 'prompts'],
    folder => changeText(join(folder, 'broad.json'), 'Because', 'Perhaps'),
  ],
  [
    'the key and the patience of a judge',
    [],
    async () => {},
    given => ({
      ...given,
      judge: { model: given.judge?.model ?? '', apiKeyEnv: 'OTHER_KEY', timeout: 5, concurrency: 3 },
    }),
  ],
];

describe('a study, after a change of', () => {
  test.each(CASES)('%s, runs %j again', async (_, again, change, other = given => given) => {
    const folder = await newFolder();
    const given = await writeInputs(folder);
    const before = await idsOf(given);
    expect([...before.keys()].sort()).toEqual(expect.arrayContaining(STAGES));
    await change(folder);
    const after = await idsOf(other(given));
    const changed = STAGES.filter(name => before.get(name) !== after.get(name));
    expect(changed).toEqual([...again].sort());
  });

  test('the place of all its files, runs nothing again', async () => {
    const folder = await newFolder();
    const before = await idsOf(await writeInputs(folder));
    const moved = join(await newFolder(), 'moved');
    await cp(folder, moved, { recursive: true });
    await rename(folder, `${folder}-old`);
    expect(await idsOf(inputsIn(moved))).toEqual(before);
  });
});
