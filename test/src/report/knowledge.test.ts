import { describe, expect, test } from 'vitest';
import type { BenchmarkRun } from '../../../src/report/benchmark-run.ts';
import { knowledgeOf, lowestPosition } from '../../../src/report/knowledge.ts';

const FORM = { 'prompt format': 'raw', shots: '3' };

/** A run in which every item below `right` (of 100) is answered right. */
const run = (right: number, options: Partial<BenchmarkRun> = {}): BenchmarkRun => ({
  benchmark: 'natural-questions',
  model: 'm',
  form: FORM,
  metrics: ['exact_match'],
  outputs: [],
  items: new Map(
    Array.from({ length: 100 }, (_, i) => [`q${i}`, { exact_match: (i * 37) % 100 < right ? 1 : 0 }]),
  ),
  ...options,
});
const known = (student: BenchmarkRun[], base = [run(20)], teacher = [run(80)]) =>
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

  test('is measured on the items that all of them scored', () => {
    const { items } = run(50);
    const student = run(50, {
      items: new Map([...items].map(([id, scores], i) => [id, i < 10 ? { exact_match: null } : scores])),
    });
    expect(known([student]).benchmarks[0]).toMatchObject({ n: 90, unscored: 10 });
  });

  test('is between where decided benchmarks differ, and lists each by itself', () => {
    const other = (right: number) => run(right, { benchmark: 'gsm8k' });
    const both = known([run(80), other(20)], [run(20), other(20)], [run(80), other(80)]);
    expect(both.label).toBe('between');
    expect(both.benchmarks.map(({ placement }) => placement?.label)).toEqual(['like-teacher', 'like-base']);
    expect(lowestPosition(both)).toBeCloseTo(0, 9);
  });

  test.each([
    ['prompt format', { ...FORM, 'prompt format': 'chat' }, 'raw of the student and chat'],
    ['shots', { ...FORM, shots: '0' }, '3 of the student and 0'],
    ['version', { ...FORM, version: '2' }, undefined],
  ])('takes no difference between results of another %s', (name, form, found) => {
    const knowledge = known([run(50)], [run(20, { form })]);
    if (found === undefined) {
      expect(knowledge.label).toBe('between');
      return;
    }
    expect(knowledge).toMatchObject({ label: 'not-measured' });
    expect(knowledge.refused).toEqual([
      { benchmark: 'natural-questions', role: 'base', reason: `${name} must be equal, found ${found}` },
    ]);
    expect(knowledge.benchmarks[0]).toMatchObject({ base: null, aboveBase: null, placement: null });
    expect(knowledge.benchmarks[0]?.aboveTeacher?.value).toBeCloseTo(-0.3, 9);
  });

  test('compares items of other content never, and fewer of the same by their ids', () => {
    const of = (items: string) => ({ form: { ...FORM, items } });
    expect(known([run(50, of('a'))], [run(20, of('b'))], [run(80, of('a'))]).refused).toEqual([
      {
        benchmark: 'natural-questions',
        role: 'base',
        reason: 'items must be equal, found a of the student and b',
      },
    ]);
    const fewer = run(50, { ...of('c'), items: new Map([...run(50).items].slice(0, 60)) });
    expect(known([fewer], [run(20, of('a'))], [run(80, of('a'))]).benchmarks[0]).toMatchObject({
      n: 60,
      unscored: 40,
    });
  });

  test('takes the result of the same form where there are several', () => {
    const chat = run(60, { form: { ...FORM, 'prompt format': 'chat' } });
    expect(known([run(50)], [chat, run(20)])).toMatchObject({ label: 'between', refused: [] });
  });

  test('is not measured without results, and undecided of few items', () => {
    expect(known([])).toMatchObject({ label: 'not-measured', benchmarks: [] });
    const few = (right: number) => run(right, { items: new Map([...run(right).items].slice(0, 20)) });
    expect(known([few(80)], [few(20)], [few(80)])).toMatchObject({ label: 'undecided' });
  });

  test('does not hold toxicity, which is conduct', () => {
    const toxic = (right: number) =>
      run(right, {
        benchmark: 'toxicity',
        metrics: ['non_toxic'],
        items: new Map(
          [...run(right).items].map(([id, scores]) => [id, { non_toxic: scores.exact_match ?? null }]),
        ),
      });
    const knowledge = known([toxic(80)], [toxic(20)], [toxic(80)]);
    expect(knowledge).toMatchObject({ label: 'not-measured' });
    expect(knowledge.benchmarks[0]).toMatchObject({
      isKnowledge: false,
      placement: { label: 'like-teacher' },
    });
  });
});
