import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnyStage, defineStage, from, optionalFrom, type RunContext } from '../../../src/jobs/index.ts';
import { number, object, optional, string } from '../../../src/runs/index.ts';

interface DrawConfig {
  budget: number;
  note?: string;
}

const drawStage = defineStage({
  name: 'draw',
  version: 3,
  config: object<DrawConfig>({ budget: number, note: optional(string) }),
  inputs: {},
  run: async ({ config, folder }) => writeFile(join(folder, 'drawn'), String(config.budget)),
});

const otherStage = defineStage({
  name: 'other',
  version: 1,
  config: object({}),
  inputs: {},
  run: async () => {},
});

const doubleStage = defineStage({
  name: 'double',
  version: 1,
  outputs: ['doubled'],
  config: object({}),
  inputs: { drawn: from(drawStage), more: optionalFrom(drawStage, otherStage) },
  run: async ({ inputs, folder }) => {
    const drawn = Number(await readFile(join(inputs.drawn.folder, 'drawn'), 'utf8'));
    await writeFile(join(folder, 'doubled'), `${2 * drawn} ${inputs.more?.stage ?? 'alone'}`);
  },
});

const stages: readonly AnyStage[] = [drawStage, otherStage, doubleStage];

const draw = (budget: number) =>
  drawStage.plan({ label: `draw ${budget}`, config: { budget }, inputs: {}, cost: 1 });
const other = () => otherStage.plan({ label: 'other', config: {}, inputs: {}, cost: 1 });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stage-'));
});
afterAll(() => rm(folder, { recursive: true }));
const context = (): RunContext => ({
  folder,
  scratch: folder,
  signal: new AbortController().signal,
  onProgress: () => {},
});

describe('a stage that is defined by one object', () => {
  test('plans its runs by its name and version, with the ids of their inputs', () => {
    const drawn = draw(7);
    expect(drawn).toMatchObject({ stage: 'draw', version: 3, config: { budget: 7 }, inputs: {} });
    const doubled = doubleStage.plan({ label: 'double', config: {}, inputs: { drawn }, cost: 1 });
    expect(doubled.inputs).toEqual({ drawn: drawn.id });
    expect(() => doubleStage.plan({ label: 'double', config: {}, inputs: { drawn }, cost: 0 })).toThrow(
      'Cannot plan double: its cost must be > 0, got 0',
    );
  });

  test('does its runs, and lists the files that are collected from them', async () => {
    await drawStage.start({ config: { budget: 7 }, inputs: {} }, context());
    const drawn = { stage: 'draw', folder };
    await doubleStage.start({ config: {}, inputs: { drawn } }, context());
    expect(await readFile(join(folder, 'doubled'), 'utf8')).toBe('14 alone');
    const more = { stage: 'other', folder };
    await doubleStage.start({ config: {}, inputs: { drawn, more } }, context());
    expect(await readFile(join(folder, 'doubled'), 'utf8')).toBe('14 other');
    expect(stages.map(({ name, outputs }) => [name, outputs])).toEqual([
      ['draw', []],
      ['other', []],
      ['double', ['doubled']],
    ]);
  });

  test.each([
    ['a missing key', { config: {}, inputs: {} }, 'config.budget must be a number, got nothing'],
    ['a wrong value', { config: { budget: '7' }, inputs: {} }, 'config.budget must be a number, got "7"'],
    [
      'a misspelt key',
      { config: { bugdet: 7 }, inputs: {} },
      'config has the unknown key "bugdet", known are budget, note',
    ],
    [
      'an unknown input',
      { config: { budget: 7 }, inputs: { drawn: { stage: 'draw', folder: '' } } },
      'unknown input "drawn"',
    ],
  ])('refuses %s of a run that was read from elsewhere', async (_, given, problem) => {
    await expect(drawStage.start(given, context())).rejects.toThrow(`Cannot run the stage draw: ${problem}`);
  });

  test.each([
    ['a missing input', {}, 'its input "drawn" must be a result of draw, got none'],
    [
      'an input of another stage',
      { drawn: { stage: 'other', folder: '' } },
      'its input "drawn" must be a result of draw, got other',
    ],
  ])('refuses %s of a run that was read from elsewhere', async (_, inputs, problem) => {
    await expect(doubleStage.start({ config: {}, inputs }, context())).rejects.toThrow(
      `Cannot run the stage double: ${problem}`,
    );
  });
});

test('the compiler refuses plans and definitions that do not fit', () => {
  const budget = 7;
  const label = 'wrong';
  const plans = [
    // @ts-expect-error a misspelt key of the configuration
    () => drawStage.plan({ label, config: { bugdet: budget }, inputs: {}, cost: 1 }),
    // @ts-expect-error a missing key
    () => drawStage.plan({ label, config: { note: 'x' }, inputs: {}, cost: 1 }),
    // @ts-expect-error a value of another type
    () => drawStage.plan({ label, config: { budget: 'all' }, inputs: {}, cost: 1 }),
    // @ts-expect-error a missing input
    () => doubleStage.plan({ label, config: {}, inputs: {}, cost: 1 }),
    // @ts-expect-error a misspelt input
    () => doubleStage.plan({ label, config: {}, inputs: { dranw: draw(budget) }, cost: 1 }),
    // @ts-expect-error a misspelt optional input
    () => doubleStage.plan({ label, config: {}, inputs: { drawn: draw(budget), moer: other() }, cost: 1 }),
    // @ts-expect-error an input of another stage
    () => doubleStage.plan({ label, config: {}, inputs: { drawn: other() }, cost: 1 }),
    // @ts-expect-error no cost
    () => drawStage.plan({ label, config: { budget }, inputs: {} }),
  ];
  const run = async () => {};
  const definitions = [
    // @ts-expect-error no version
    () => defineStage({ name: 'a', config: object({}), inputs: {}, run }),
    // @ts-expect-error no guard of its configuration
    () => defineStage({ name: 'a', version: 1, inputs: {}, run }),
    // @ts-expect-error no inputs
    () => defineStage({ name: 'a', version: 1, config: object({}), run }),
    // @ts-expect-error nothing that runs it
    () => defineStage({ name: 'a', version: 1, config: object({}), inputs: {} }),
    // @ts-expect-error a guard without one of the keys
    () => object<DrawConfig>({ budget: number }),
    // @ts-expect-error a guard of another type
    () => object<DrawConfig>({ budget: number, note: string }),
    // @ts-expect-error a guard with a misspelt key
    () => object<DrawConfig>({ bugdet: number, note: optional(string) }),
    () =>
      defineStage({
        name: 'a',
        version: 1,
        config: object({}),
        inputs: { drawn: optionalFrom(drawStage) },
        // @ts-expect-error an optional input that is used as if it were always given
        run: async ({ inputs }) => writeFile(inputs.drawn.folder, ''),
      }),
  ];
  expect(plans.length + definitions.length).toBe(16);
});
