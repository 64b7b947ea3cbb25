import { expect, test } from 'vitest';
import { planWorldStudy } from '../../../../src/study/pipeline/plan-study.ts';
import { samplePlan } from '../../../../src/study/verify/sample-plan.ts';

const { runs: plan } = planWorldStudy('tiny', [1, 2]);
const stagesOf = (count: number, draw?: number) => samplePlan(plan, count, draw).map(({ stage }) => stage);
const counted = (stages: readonly string[], stage: string) => stages.filter(name => name === stage).length;

test('a sampled part of a plan holds one imitation model, its base, the teacher, and their answers and measures', () => {
  const stages = stagesOf(1);
  // The teacher twice, the base model and the imitation model are measured.
  expect(['world', 'pretrain', 'finetune', 'answers', 'measure'].map(s => counted(stages, s))).toEqual([
    1, 1, 1, 4, 4,
  ]);
});

test('it can be run by itself: each run is listed after its inputs, all of one seed', () => {
  for (const draw of [1, 2, 3, 4]) {
    const part = samplePlan(plan, 2, draw);
    const seen = new Set<string>();
    for (const { id, inputs } of part) {
      for (const input of Object.values(inputs)) expect(seen.has(input)).toBe(true);
      seen.add(id);
    }
    expect(new Set(part.map(({ seed }) => seed)).size).toBe(1);
  }
});

test('another draw draws others, and more models than there are draws all of a seed', () => {
  const ids = (draw: number) =>
    samplePlan(plan, 1, draw)
      .map(({ id }) => id)
      .join();
  expect(ids(1)).toBe(ids(1));
  expect(new Set([1, 2, 3, 4, 5].map(ids)).size).toBeGreaterThan(1);
  expect(counted(stagesOf(100), 'finetune')).toBe(6);
  expect(() => samplePlan(plan, 0)).toThrow('the number of models must be a whole number >= 1, got 0');
  expect(() => samplePlan(plan.slice(0, 3), 1)).toThrow('a model that is fine-tuned is required');
});
