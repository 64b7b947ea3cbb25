import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { STUDY_SCALES } from '../../../../src/study/config/world-study.ts';
import { worldAbilities } from '../../../../src/study/measure/index.ts';
import {
  allLeakage,
  type LeakageCheck,
  mustBeZero,
  type StudyLeakage,
} from '../../../../src/study/pipeline/leakage.ts';
import { planWorld } from '../../../../src/study/pipeline/plan-world.ts';
import { checkLeakage, type Learned } from '../../../../src/study/stages/check-leakage.ts';
import { countWordings } from '../../../../src/study/stages/count-wordings.ts';
import { worldStage } from '../../../../src/study/stages/world.ts';
import { buildWorld, claimOf, corpus, statement, WORLD_SIZES } from '../../../../src/world/index.ts';
import {
  broadInstructions,
  factInstructions,
  summaryInstructions,
} from '../../../../src/world/teacher/index.ts';

const { instructions, asked } = STUDY_SCALES.tiny;
const world = buildWorld(1, WORLD_SIZES.tiny);
const learned: Learned = {
  documents: corpus(world),
  training: [
    ...broadInstructions(world, 'train', instructions.broad),
    ...factInstructions(world, 'train', instructions.facts),
    ...summaryInstructions(world, 'train', instructions.summaries),
  ],
  test: broadInstructions(world, 'test', 3 * asked.prompts),
  counts: asked,
};
const find = (checks: readonly LeakageCheck[], asked: string, against: string) =>
  checks.find(check => check.asked === asked && check.against === against);

describe('what a world asks', () => {
  test('does not occur in the training data of its models, where it must not; the corpus states every fact', async () => {
    const [run] = planWorld(STUDY_SCALES.tiny, 1);
    const folder = await mkdtemp(join(tmpdir(), 'world-'));
    const signal = new AbortController().signal;
    await worldStage.start(
      { config: run?.config, inputs: {} },
      { folder, scratch: folder, signal, onProgress: () => {} },
    );
    const { checks, wordings }: StudyLeakage = JSON.parse(
      await readFile(join(folder, 'leakage.json'), 'utf8'),
    );
    expect(find(checks, 'prompts', 'corpus')?.n).toBe(asked.prompts);
    expect(wordings).toMatchObject({ shared: 0 });
    for (const count of [wordings?.corpus, wordings?.imitation, wordings?.tests])
      expect(count).toBeGreaterThan(9);
    expect(checks).toHaveLength(12);
    for (const check of checks) {
      expect(check.n, check.asked).toBeGreaterThan(0);
      for (const count of mustBeZero(check))
        expect(check[count], `${check.asked} in ${check.against}`).toBe(0);
    }
    expect(find(checks, 'facts', 'corpus')).toMatchObject({ n: asked.facts, stated: asked.facts });
  });

  test('is found wherever it leaks', async () => {
    const { facts, arithmetic, summaries } = worldAbilities(world, asked, learned.test);
    const [fact] = facts.items;
    const truth = world.facts.find(({ id }) => id === fact?.id);
    // Its words are like none that imitation data have.
    const prompt = learned.test.find(({ task }) => task === 'story');
    if (!fact || !truth || !prompt) throw new Error('a world to ask about is required');
    const stated = statement(claimOf(world, truth), 2);
    const leaky: Learned = {
      ...learned,
      documents: [
        ...learned.documents,
        `Q: ${fact.question}\nA: ?`,
        `Q: ${arithmetic.items[0]?.question}`,
        prompt.text,
      ],
      training: [
        ...learned.training,
        { ...prompt, text: `Please: ${prompt.text}`, answers: [`Overall, ${stated}`, 'Yes.'] },
        { ...prompt, text: `Sum up: ${summaries.items[0]?.article}`, answers: ['Yes.', 'Yes.'] },
      ],
    };
    const before = find(await checkLeakage(world, learned), 'prompts', 'imitation data');
    const checks = await checkLeakage(world, leaky);
    expect(find(checks, 'prompts', 'imitation data')).toMatchObject({
      alike: (before?.alike ?? 0) + 1,
      same: 1,
    });
    expect(find(checks, 'prompts', 'corpus')).toMatchObject({ same: 1 });
    expect(find(checks, 'facts', 'imitation data')).toMatchObject({ same: 0, stated: 1 });
    expect(find(checks, 'facts', 'corpus')).toMatchObject({ same: 1 });
    expect(find(checks, 'sums', 'corpus')).toMatchObject({ same: 1 });
    expect(find(checks, 'summaries', 'imitation data')).toMatchObject({ same: 1 });
    expect(find(checks, 'programs', 'corpus')).toMatchObject({ same: 0 });
  });
});

test('a wording of tests that the imitation data use is counted', () => {
  const test = broadInstructions(world, 'test', 12);
  const train = broadInstructions(world, 'train', 20);
  expect(countWordings(world, { train, test }).shared).toBe(0);
  expect(countWordings(world, { train: [...train, ...test.slice(0, 1)], test }).shared).toBe(1);
});

test('the leakage of several seeds is reported together', () => {
  const of = (n: number): LeakageCheck[] => [
    { asked: 'facts', against: 'corpus', n, alike: 1, same: 0, stated: n },
    { asked: 'sums', against: 'corpus', n: 8, alike: 8, same: 0 },
  ];
  expect(
    allLeakage([
      { dropped: 1, checks: of(10), wordings: { corpus: 9, imitation: 8, tests: 3, shared: 0 } },
      { dropped: 0, checks: of(12), wordings: { corpus: 7, imitation: 6, tests: 4, shared: 1 } },
    ]),
  ).toEqual({
    dropped: 1,
    checks: [
      { asked: 'facts', against: 'corpus', n: 22, alike: 2, same: 0, stated: 22 },
      { asked: 'sums', against: 'corpus', n: 16, alike: 16, same: 0 },
    ],
    wordings: { corpus: 16, imitation: 14, tests: 7, shared: 1 },
  });
});
