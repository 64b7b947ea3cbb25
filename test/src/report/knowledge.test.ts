import { describe, expect, test } from 'vitest';
import { type EvaluationResult, evaluationResult } from '../../../src/evaluate/evaluation-result.ts';
import { knowledgeOf, lowestPosition } from '../../../src/report/knowledge.ts';

interface Made extends Partial<Omit<EvaluationResult, 'metrics' | 'items' | 'text'>> {
  metric?: string;
  /** Items of 100; default all. */
  ids?: readonly number[];
  /** Items without a score. */
  failed?: readonly number[];
}

const HUNDRED = Array.from({ length: 100 }, (_, i) => i);

/** A result in which every item below `right` (of 100, in another order) is answered right. */
function run(right: number, { metric = 'exact_match', ids = HUNDRED, failed = [], ...run }: Made = {}) {
  const items = ids.map(i => ({
    id: `q${i}`,
    prompt: `Question ${i}`,
    promptFormat: run.promptFormat ?? 'raw',
    scores: { [metric]: failed.includes(i) ? null : (i * 37) % 100 < right ? 1 : 0 },
    latency: null,
    at: '2026-11-30T12:00:00.000Z',
  }));
  const stated = { benchmark: 'natural-questions', model: 'm', promptFormat: 'raw', shots: 3 } as const;
  const summary = { metric, value: right / 100, low: null, high: null, n: ids.length, unscored: 0 };
  return evaluationResult({ ...stated, ...run }, items, [summary]);
}
const known = (student: EvaluationResult[], base = [run(20)], teacher = [run(80)]) =>
  knowledgeOf({ student, base, teacher }, { resamples: 500 });

describe('knowledge', () => {
  test.each([
    [20, 'like-base'],
    [22, 'like-base'],
    [50, 'between'],
    [80, 'like-teacher'],
    [0, 'like-base'],
  ] as const)(
    'of a student with %s right answers, of the base’s 20 and the teacher’s 80, is %s',
    (right, label) => {
      expect(known([run(right)]).label).toBe(label);
    },
  );

  test('far below the base is other', () => {
    expect(known([run(0)], [run(40)]).label).toBe('other');
  });

  test('states the differences with paired tests', () => {
    const { benchmarks } = known([run(50)]);
    expect(benchmarks).toHaveLength(1);
    expect(benchmarks[0]).toMatchObject({
      n: 100,
      unscored: 0,
      metric: 'exact_match',
      student: { value: 0.5 },
      base: { value: 0.2 },
      teacher: { value: 0.8 },
    });
    expect(benchmarks[0]?.aboveBase?.value).toBeCloseTo(0.3, 9);
    expect(benchmarks[0]?.aboveTeacher?.value).toBeCloseTo(-0.3, 9);
    expect(benchmarks[0]?.aboveBase?.p).toBeLessThan(0.001);
    expect(benchmarks[0]?.placement?.position.value).toBeCloseTo(0.5, 9);
  });

  test('tests right and wrong answers by McNemar, and gives a share that is 0 an interval with a width', () => {
    const { benchmarks } = known([run(50)], [run(0)]);
    // Wilson's upper bound of 0 of 100: 1.96² / (100 + 1.96²).
    expect(benchmarks[0]?.base).toMatchObject({ value: 0, low: 0, high: expect.closeTo(0.037, 4) });
    // All of 50 that differ.
    expect(benchmarks[0]?.aboveBase).toMatchObject({ test: 'mcnemar', p: expect.closeTo(2 * 0.5 ** 50, 20) });
  });

  test('is measured on the items that all of them scored', () => {
    const failed = HUNDRED.slice(0, 10);
    expect(known([run(50, { failed })]).benchmarks[0]).toMatchObject({ n: 90, unscored: 10 });
  });

  test('is between where decided benchmarks differ, and lists each by itself', () => {
    const other = (right: number) => run(right, { benchmark: 'gsm8k' });
    const both = known([run(80), other(20)], [run(20), other(20)], [run(80), other(80)]);
    expect(both.label).toBe('between');
    expect(both.benchmarks.map(({ placement }) => placement?.label)).toEqual(['like-teacher', 'like-base']);
    expect(lowestPosition(both)).toBeCloseTo(0, 9);
  });

  test.each([
    ['prompt format', { promptFormat: 'chat' }, 'raw of the student and chat'],
    ['shots', { shots: 0 }, '3 of the student and 0'],
    ['version', { version: '2' }, '1 of the student and 2'],
  ] as const)('takes no difference between results of another %s', (name, form, found) => {
    const knowledge = known([run(50, { version: '1' })], [run(20, form)]);
    expect(knowledge).toMatchObject({ label: 'not-measured' });
    expect(knowledge.refused).toEqual([
      { benchmark: 'natural-questions', role: 'base', reason: `${name} must be equal, found ${found}` },
    ]);
    expect(knowledge.benchmarks[0]).toMatchObject({ base: null, aboveBase: null, placement: null });
    expect(knowledge.benchmarks[0]?.aboveTeacher?.value).toBeCloseTo(-0.3, 9);
  });

  test('compares a result that states no version, as those of before 0.2', () => {
    expect(known([run(50)], [run(20, { version: '2' })]).label).toBe('between');
  });

  test('compares items of other content never, and fewer of the same by their ids', () => {
    const [a, b] = [{ data: 'a' }, { data: 'b' }];
    expect(known([run(50, a)], [run(20, b)], [run(80, a)]).refused).toEqual([
      {
        benchmark: 'natural-questions',
        role: 'base',
        reason: 'items must be equal, found others than those',
      },
    ]);
    const asked = run(20);
    for (const item of asked.items) item.prompt += '?';
    expect(known([run(50)], [asked]).refused[0]?.reason).toBe(
      'prompts must be equal, found others than those',
    );
    const fewer = run(50, { data: 'c', ids: HUNDRED.slice(0, 60) });
    expect(known([fewer], [run(20, a)], [run(80, a)]).benchmarks[0]).toMatchObject({ n: 60, unscored: 40 });
    const others = run(20, { ids: HUNDRED.slice(60) });
    expect(known([fewer], [others]).refused[0]?.reason).toBe(
      'items in common are required, found none with those',
    );
  });

  test('takes the result of the same form where there are several', () => {
    const chat = run(60, { promptFormat: 'chat' });
    expect(known([run(50)], [chat, run(20)])).toMatchObject({ label: 'between', refused: [] });
  });

  test('is not measured without results, and undecided of few items', () => {
    expect(known([])).toMatchObject({ label: 'not-measured', benchmarks: [] });
    const few = (right: number) => run(right, { ids: HUNDRED.slice(0, 20) });
    expect(known([few(80)], [few(20)], [few(80)])).toMatchObject({ label: 'undecided' });
  });

  test('does not hold toxicity, which is conduct', () => {
    const toxic = (right: number) => run(right, { benchmark: 'toxicity', metric: 'non_toxic' });
    const knowledge = known([toxic(80)], [toxic(20)], [toxic(80)]);
    expect(knowledge).toMatchObject({ label: 'not-measured' });
    expect(knowledge.benchmarks[0]).toMatchObject({
      isKnowledge: false,
      placement: { label: 'like-teacher' },
    });
  });
});
