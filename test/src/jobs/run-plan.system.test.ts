import { access, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readFailures, readRecord, runFolder } from '../../../src/jobs/plan-folder.ts';
import { planRun } from '../../../src/jobs/planned-run.ts';
import { count, planFolder, toy } from './toy-runs.ts';

const { inFolder, numberOf, runHere } = planFolder();

describe('a plan', () => {
  test('is run from inputs to what uses them, and completed runs are kept', async () => {
    const [one, two] = [count(0, 3), count(1, 4)];
    const sum = toy('sum', {}, { a: one, b: two });
    const first = await runHere([one, two, sum], 1);
    expect(first).toEqual({
      existing: 0,
      completed: 3,
      failed: [],
      waiting: [],
      events: [
        'started count 0 3',
        'done count 0 3',
        'started count 1 4',
        'done count 1 4',
        'started sum',
        'done sum',
      ],
    });
    expect(await numberOf(sum)).toBe('7');
    expect(await readRecord(inFolder(), sum.id)).toMatchObject({
      stage: 'sum',
      inputs: { a: one.id, b: two.id },
    });
    const more = toy('sum', {}, { a: sum, b: one });
    expect(await runHere([one, two, sum, more])).toMatchObject({
      existing: 3,
      completed: 1,
      events: ['started sum', 'done sum'],
    });
    expect(await numberOf(more)).toBe('10');
    expect(await readdir(inFolder('work'))).toEqual([]);
  });

  test('is run by several processes side by side', async () => {
    const [own, other] = [inFolder('one'), inFolder('other')];
    const plan = [toy('meet', { own, other }), toy('meet', { own: other, other: own })];
    expect(await runHere(plan)).toMatchObject({ completed: 2, failed: [] });
  });

  test('refuses a run that is listed before its input, or twice', async () => {
    const one = count(0, 1);
    await expect(runHere([toy('sum', {}, { a: one }), one])).rejects.toThrow(
      `Cannot order the plan: sum must be listed after its input "a", the run ${one.id}`,
    );
    await expect(runHere([one, one])).rejects.toThrow('each run must be listed once, got count 0 1 twice');
  });
});

test('the id of a run follows from what decides its result: not from its label, cost, or the order of names', () => {
  const run = {
    stage: 'count',
    version: 1,
    label: 'a',
    config: { x: 1, y: { p: 2, q: [3] } },
    inputs: [],
    cost: 1,
  };
  const { id } = planRun(run);
  expect(id).toMatch(/^[0-9a-f]{20}$/);
  expect(planRun({ ...run, label: 'b', cost: 9, config: { y: { q: [3], p: 2 }, x: 1 } }).id).toBe(id);
  const others = [
    { ...run, version: 2 },
    { ...run, stage: 'sum' },
    { ...run, config: { x: 1, y: { p: 2, q: [4] } } },
    { ...run, inputs: [['one', count(0, 1)] as const] },
  ];
  expect(new Set([id, ...others.map(other => planRun(other).id)]).size).toBe(5);
});

describe('a run that fails', () => {
  test('leaves no result; what uses it waits, the others are done, and the next call tries again', async () => {
    const unless = inFolder('mended');
    const [bad, good] = [toy('fail', { unless }), count(0, 2)];
    const [needs, free] = [toy('sum', {}, { a: bad, b: good }), toy('sum', {}, { a: good })];
    const plan = [bad, good, needs, free];
    const outcome = await runHere(plan);
    const failure = { id: bad.id, label: bad.label, error: 'Cannot count: the number is missing' };
    expect(outcome).toMatchObject({ completed: 2, failed: [failure], waiting: [needs] });
    expect(await readFailures(inFolder())).toEqual(new Map([[bad.id, failure]]));
    await expect(access(runFolder(inFolder(), bad.id))).rejects.toThrow('ENOENT');
    await writeFile(unless, '');
    expect(await runHere(plan)).toMatchObject({ existing: 2, completed: 2, failed: [], waiting: [] });
    expect(await readFailures(inFolder())).toEqual(new Map());
  });

  test('because its process dies is tried once more in another', async () => {
    const [once, always] = [toy('die', { once: true }), toy('die')];
    const { completed, failed } = await runHere([once, always, toy('sum', {}, { a: once })]);
    expect(completed).toBe(2);
    expect(failed).toEqual([
      { id: always.id, label: 'die', error: 'its process ended with SIGKILL; its output: out of memory' },
    ]);
  });

  test.each([
    [
      'its stage is unknown',
      toy('multiply'),
      'the stage multiply: it must be one of count, sum, fail, die, meet',
    ],
    [
      'it was planned for another version',
      toy('sum', {}, {}, 2),
      'the stage sum: version 2 was planned, got version 1',
    ],
    [
      'a value of its config is wrong',
      toy('count', { from: 0, to: '3' }),
      'the stage count: config.to must be a number, got "3"',
    ],
    [
      'a key of its config is unknown',
      toy('fail', { unles: 'x' }),
      'the stage fail: config has the unknown key "unles", known are unless',
    ],
  ])('since %s is reported with the reason', async (_, run, reason) => {
    const { failed } = await runHere([run]);
    expect(failed).toMatchObject([{ error: `Cannot run ${reason}` }]);
  });
});
