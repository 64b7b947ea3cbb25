import { expect, test } from 'vitest';
import { describeProgress, progressLine } from '../../../src/runs/index.ts';

test('progress is reported with rate and time left', () => {
  const progress = { task: 'score', done: 30, total: 120, unit: 'items' };
  expect(describeProgress(progress, 10)).toBe('score: 30 of 120 items, 3.0 items/s, 30 s left');
  expect(describeProgress({ ...progress, done: 1 }, 60)).toBe(
    'score: 1 of 120 items, 1.0 items/min, 1 h 59 min left',
  );
  expect(describeProgress({ ...progress, done: 0 }, 0)).toBe('score: 0 of 120 items');
  expect(describeProgress({ task: 'fetch', done: 2_500_000, total: 10_000_000, unit: 'bytes' }, 5)).toBe(
    'fetch: 2.5 MB of 10 MB, 500 kB/s, 15 s left',
  );
});

test('what was done before the task was taken up again does not count in the rate', () => {
  const progress = { task: 'train', done: 80, total: 120, unit: 'tokens', note: 'loss 2.31' };
  expect(describeProgress(progress, 10, 60)).toBe(
    'train: 80 of 120 tokens, 2.0 tokens/s, loss 2.31, 20 s left',
  );
});

test('the line overwrites itself, clears what was longer, and ends when the task does', () => {
  const written: string[] = [];
  let now = 0;
  const line = progressLine({ write: text => written.push(text), now: () => now });
  line({ task: 'score', done: 1, total: 10, unit: 'items' });
  now = 1000;
  line({ task: 'score', done: 5, total: 10, unit: 'items' });
  now = 1050;
  line({ task: 'score', done: 6, total: 10, unit: 'items' });
  now = 2000;
  line({ task: 'score', done: 10, total: 10, unit: 'items' });
  expect(written).toEqual([
    '\rscore: 1 of 10 items',
    '\rscore: 5 of 10 items, 4.0 items/s, 2 s left',
    '\rscore: 10 of 10 items, 4.5 items/s         \n',
  ]);
});

test('in a file a task prints a line every half minute, and one at its end', () => {
  const written: string[] = [];
  let now = 0;
  const line = progressLine({ redraw: false, write: text => written.push(text), now: () => now });
  for (const [time, done] of [
    [0, 0],
    [10_000, 1],
    [30_000, 3],
    [40_000, 4],
    [60_000, 6],
    [100_000, 10],
  ] as const) {
    now = time;
    line({ task: 'score', done, total: 10, unit: 'items' });
  }
  expect(written).toEqual([
    'score: 3 of 10 items, 0.1 items/s, 2 min left\n',
    'score: 6 of 10 items, 0.1 items/s, 40 s left\n',
    'score: 10 of 10 items, 0.1 items/s\n',
  ]);
});
