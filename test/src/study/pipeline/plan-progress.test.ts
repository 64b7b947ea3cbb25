import { expect, test } from 'vitest';
import type { PlannedRun } from '../../../../src/jobs/index.ts';
import type { Progress } from '../../../../src/runs/index.ts';
import { PlanProgress } from '../../../../src/study/pipeline/plan-progress.ts';
import { planStudy } from '../../../../src/study/pipeline/plan-study.ts';

test('the time left of a study follows what its runs cost, and what those in progress have done', async () => {
  const plan = await planStudy({ scale: 'tiny', seeds: [1] });
  const [world, base] = plan.runs.slice(-2);
  if (!world || !base) throw new Error('A plan has two runs');
  const runs = [
    { ...world, cost: 10 },
    { ...base, cost: 90 },
  ];
  const { left, follow, at } = progressOf({ ...plan, runs });
  expect(left()).toBeUndefined();
  follow(runs[0], 0);
  at(5);
  follow(runs[0], 50);
  expect(left()).toBe(95);
  follow(runs[0], 'done');
  expect(left()).toBe(45);
  at(20);
  follow(runs[1], 0);
  at(40);
  follow(runs[1], 20);
  expect(left()).toBeCloseTo((40 / 28) * 72);
  follow(runs[1], 'failed');
  expect(left()).toBe(0);

  const resumed = progressOf({ ...plan, runs });
  resumed.at(5);
  resumed.follow(runs[0], 'done');
  resumed.follow(runs[1], 60);
  expect(resumed.left()).toBeCloseTo(18);
  resumed.at(14);
  resumed.follow(runs[1], 80);
  expect(resumed.left()).toBeCloseTo(9);

  function progressOf(of: typeof plan) {
    let [now, last]: [number, Progress | undefined] = [0, undefined];
    const progress = new PlanProgress(
      of,
      new Set(),
      report => {
        last = report;
      },
      () => now,
    );
    return {
      at: (seconds: number) => {
        now = 1000 * seconds;
      },
      left: () => last?.secondsLeft,
      follow: (run: PlannedRun | undefined, event: number | 'done' | 'failed') => {
        if (!run) throw new Error('A run is followed');
        if (typeof event === 'number')
          progress.follow({
            type: 'progress',
            run,
            progress: { task: 'train', done: event, total: 100, unit: 'steps' },
          });
        else if (event === 'done') progress.follow({ type: 'done', run, seconds: 1 });
        else progress.follow({ type: 'failed', run, error: 'it was stopped' });
      },
    };
  }
});
