import { describe, expect, test } from 'vitest';
import {
  fleissKappa,
  krippendorffAlpha,
  permutationTest,
  seededRandom,
  signTest,
} from '../../src/stats/index.ts';
import { recordRows } from './real-texts.ts';
import { runPython } from './run-python.ts';

type Items = (number | null)[][];

const measure = <T>(work: string, input: object) => runPython<T>('measure-agreement.py', { work, ...input });
const value = { resamples: 0 };
const { integer, next, normal } = seededRandom('agreement');

/** Ratings of up to 40 items by up to 6 raters on up to 6 categories, near to the item's own. */
function drawnItems(missing: number): Items {
  const [raters, categories] = [2 + integer(5), 2 + integer(5)];
  return Array.from({ length: 3 + integer(38) }, () => {
    const own = integer(categories);
    const rating = () => (next() < 0.6 ? own : integer(categories)) * 1.5 - 2;
    return Array.from({ length: raters }, () => (next() < missing ? null : rating()));
  });
}

/** Cases in which more than one category can be compared; the packages divide by zero in the others. */
const drawnCases = (count: number, missing: number) =>
  Array.from({ length: count }, () => drawnItems(missing)).filter(
    items => krippendorffAlpha(items, value).value !== null,
  );

/** PandaLM's three human raters on 999 pairs of answers. */
async function pandaItems(): Promise<number[][]> {
  const rows =
    await recordRows<Record<'annotator1' | 'annotator2' | 'annotator3', number>>('pandalm/testset');
  return rows.map(row => [row.annotator1, row.annotator2, row.annotator3]);
}

function expectEqual(ours: (number | null)[], theirs: number[]): void {
  expect(ours.length).toBe(theirs.length);
  const far = ours.flatMap((own, i) =>
    Math.abs((own ?? Number.NaN) - (theirs[i] as number)) <= 1e-9 ? [] : [i],
  );
  expect(far).toEqual([]);
}

describe.each(['nominal', 'ordinal', 'interval'] as const)('Krippendorff’s alpha on a %s scale', scale => {
  test('is the package krippendorff’s on 300 drawn sets with missing ratings, and on PandaLM’s raters', async () => {
    const cases = [...drawnCases(300, 0.3), await pandaItems()];
    expect(cases.length).toBeGreaterThan(280);
    const theirs = await measure<number[]>('krippendorff', { cases, scale });
    expectEqual(
      cases.map(items => krippendorffAlpha(items, { scale, ...value }).value),
      theirs,
    );
  });
});

test('Fleiss’ kappa is statsmodels’ on 300 drawn sets and on PandaLM’s raters', async () => {
  const cases = [...drawnCases(300, 0), await pandaItems()];
  const theirs = await measure<number[]>('fleiss', { cases });
  expectEqual(
    cases.map(items => fleissKappa(items, value).value),
    theirs,
  );
});

test('the sign test is statsmodels’ exact McNemar test for all splits of up to 60 and of thousands', async () => {
  const cases: [number, number][] = [
    [1200, 1300],
    [40, 2500],
    [3000, 3000],
  ];
  for (let higher = 0; higher <= 60; higher++)
    for (let lower = 0; lower + higher <= 60; lower++) cases.push([higher, lower]);
  const ours = cases.map(([higher, lower]) => {
    const outcomes = Array.from({ length: higher + lower }, (_, i) => (i < higher ? 1 : -1));
    return signTest(
      outcomes,
      outcomes.map(() => 0),
    ).p;
  });
  expectEqual(ours, await measure<number[]>('mcnemar', { cases }));
});

test('the permutation test is SciPy’s on 200 drawn sets of up to twelve pairs', async () => {
  const scores = (count: number) => Array.from({ length: count }, () => Math.round(normal() * 4) / 2);
  const cases = Array.from({ length: 200 }, () => {
    const count = 2 + integer(11);
    return [scores(count), scores(count)] as const;
  });
  const theirs = await measure<number[]>('permutation', { cases });
  expectEqual(
    cases.map(([a, b]) => permutationTest(a, b).p),
    theirs,
  );
});
