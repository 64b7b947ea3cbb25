import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  BENCHMARKS,
  benchmark,
  buildRequest,
  defineBenchmark,
  findBenchmark,
  findOptionProblem,
  type RegisteredBenchmark,
} from '../../../src/evaluate/index.ts';
import { figure4 } from '../../../src/figure/index.ts';
import { modelSizes } from '../../../src/model/index.ts';
import type { StudyRow } from '../../../src/schema.ts';
import { checkpointStudy } from '../../../src/study/config/checkpoint-study.ts';
import { PAPER_SHAPES } from '../../../src/study/config/paper-shapes.ts';
import { planCheckpoints } from '../../../src/study/pipeline/plan-checkpoints.ts';

interface RiddleOptions {
  shots?: number;
  kind?: 'short' | 'long';
}

const riddles = async ({ shots = 1, kind = 'short' }: RiddleOptions = {}) =>
  benchmark({
    name: 'riddles',
    shots,
    items: [{ id: 'r', riddle: 'What has keys and opens no door?', answer: 'a piano' }],
    buildPrompt: ({ riddle }) => ({ prompt: `${kind}: ${riddle}` }),
    score: ({ answer }, { text }) => ({ acc: text === answer ? 1 : 0 }),
  });

/** A benchmark of one's own, registered by this object alone. */
const RIDDLES = defineBenchmark({
  name: 'riddles',
  title: 'Riddles',
  request: 'generate-until',
  options: {
    shots: { type: 'integer', minimum: 0, maximum: 3, default: 1, description: 'riddles in the prompt' },
    kind: { type: 'string', enum: ['short', 'long'], description: 'riddles that are asked' },
  },
  metrics: {
    acc: {
      label: 'Riddles',
      unit: 'share',
      measure: 'riddles.accuracy',
      panel: { figure: 4, title: 'Riddles (as told)' },
    },
  },
  records: [],
  size: { items: 7, prompt: { mean: 20, longest: 30 }, answer: 8 },
  open: riddles,
});

const ALL: readonly RegisteredBenchmark[] = [...BENCHMARKS, RIDDLES];

describe('a registered benchmark', () => {
  test('opens with options of its own, each checked against its schema', async () => {
    const opened = await RIDDLES.open({ shots: 2, kind: 'long' });
    expect(opened.shots).toBe(2);
    const [item] = opened.items;
    expect(item && buildRequest(opened, item, 'raw')).toEqual({
      prompt: 'long: What has keys and opens no door?',
    });
    await expect(RIDDLES.open({ shots: 4 })).rejects.toThrow(
      'Cannot open riddles: shots must be <= 3, got 4',
    );
  });

  test.each([
    [{ shots: -1 }, 'must be >= 0, got -1'],
    [{ shots: 2.5 }, 'must be an integer, got 2.5'],
    [{ shots: Number.NaN }, 'must be an integer, got NaN'],
    [{ kind: 'odd' }, 'must be one of short, long, got "odd"'],
    [{ stem: true }, 'is no option of riddles; its options: shots, kind'],
  ])('refuses %j', (values, rule) => {
    expect(findOptionProblem(RIDDLES, { ...values })).toEqual({ option: Object.keys(values)[0], rule });
  });

  test('has a schema for nothing that it does not take', () => {
    defineBenchmark({
      ...RIDDLES,
      options: {
        shots: { type: 'integer', description: 'riddles in the prompt' },
        // @ts-expect-error: `riddles` has no option `shot`
        shot: { type: 'integer', description: 'misspelt' },
      },
      open: riddles,
    });
  });

  test('is found by its name, and another name is refused', () => {
    expect(findBenchmark('riddles', ALL)).toBe(RIDDLES);
    expect(() => findBenchmark('riddle', ALL)).toThrow(
      'benchmark must be one of mmlu, nq, humaneval, gsm8k, cnn-dm, toxicity, riddles, got riddle',
    );
  });

  test('has all its items in a study’s config, and a run in its plan', () => {
    const config = checkpointStudy({ benchmarkOptions: { riddles: { kind: 'long' } } }, ALL);
    expect(config.benchmarks).toMatchObject({ nq: 3610, riddles: 7 });
    expect(() => checkpointStudy({ benchmarkOptions: { riddles: { kind: 'odd' } } }, ALL)).toThrow(
      'benchmarkOptions.riddles.kind must be one of short, long, got "odd"',
    );
    expect(() => checkpointStudy({ benchmarks: { riddles: 3 } })).toThrow('got riddles');
    const plan = planCheckpoints({
      config: { ...config, benchmarks: { riddles: 3 } },
      checkpoints: [
        {
          name: 'GPT-2',
          path: 'none',
          fingerprint: null,
          missing: [],
          config: PAPER_SHAPES['gpt2-xl'],
          sizes: modelSizes(PAPER_SHAPES['gpt2-xl']),
        },
      ],
      data: [{ kind: 'broad', sources: ['b'], fingerprint: null, dialogues: 1, tokens: 9, missing: [] }],
      seeds: [1],
      benchmarks: ALL,
    });
    const run = plan.find(({ stage }) => stage === 'benchmark');
    expect(run?.label).toBe('riddles of GPT-2');
    expect(run?.config).toMatchObject({ benchmark: 'riddles', items: 3, options: { kind: 'long' } });
    // Three items, each of 20 tokens and 8 of an answer.
    expect(run?.estimate?.tokens).toBe(84);
  });

  test('has a panel in Figure 4', () => {
    const row = (model: StudyRow['model'], budget: number | null): StudyRow => ({
      model,
      budget,
      size: 1000,
      seed: 1,
      measure: 'riddles.accuracy',
      value: 0.25,
      low: 0.2,
      high: 0.3,
      n: 100,
      unscored: 0,
      evidence: 'live',
    });
    const drawn = figure4([row('base', null), row('broad', 500)], ALL).rows;
    expect(drawn).toHaveLength(4);
    expect(drawn[0]).toMatchObject({ panel: 'Riddles (as told)', series: 'Broad imitation', value: 25 });
  });
});

test('no two benchmarks share a name, a measure or a metric of other bounds', () => {
  const names = BENCHMARKS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const measures = BENCHMARKS.flatMap(({ metrics }) => Object.values(metrics)).flatMap(metric =>
    'measure' in metric ? metric.measure : [],
  );
  expect(new Set(measures).size).toBe(measures.length);
});

test.each(BENCHMARKS.map(({ name, options }) => [name, options] as const))(
  'the defaults of %s obey their schemas',
  (name, options) => {
    const defaults = Object.entries(options).flatMap(([option, schema]) =>
      schema.default === undefined ? [] : [[option, schema.default] as const],
    );
    expect(findOptionProblem({ name, options }, Object.fromEntries(defaults))).toBe(undefined);
  },
);

test('the schema of a study’s config lists every benchmark with its options', async () => {
  const path = new URL('../../../data/study-config.schema.json', import.meta.url);
  const { benchmarks, benchmarkOptions } = JSON.parse(await readFile(path, 'utf8')).properties;
  expect(Object.keys(benchmarks.properties)).toEqual(BENCHMARKS.map(({ name }) => name));
  for (const { name, options } of BENCHMARKS) {
    const listed = benchmarkOptions.properties[name].properties;
    expect(Object.keys(listed)).toEqual(Object.keys(options));
    for (const [option, { default: _, description: __, ...rules }] of Object.entries(options))
      expect(listed[option]).toMatchObject(rules);
  }
  expect([benchmarks.additionalProperties, benchmarkOptions.additionalProperties]).toEqual([false, false]);
});
