import { expect, test } from 'vitest';
import {
  fastChatPreferences,
  pandaLmPreferences,
  publishedGsm8k,
  publishedNaturalQuestions,
  qloraPreferences,
  qloraRatings,
} from '../../../src/published/index.ts';
import { diversityPoints } from '../../../src/study/index.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

test('sets of queries are compared at every size that they reach', async () => {
  const queries = (count: number) =>
    Array.from({ length: count }, (_, i) => `query ${i} about thing ${i * i}`);
  const points = await diversityPoints({ small: queries(200), large: queries(600) });
  expect(points.map(({ set, n }) => [set, n])).toEqual([
    ['large', 250],
    ['large', 500],
  ]);
  for (const { value } of points) expect(value).toBeGreaterThan(0);
});

test('QLoRA’s ratings are by data and size, with n and intervals', WITH_RECORDS, async () => {
  const ratings = await qloraRatings(['guanaco']);
  // As printed: 87, 90, 98 and 99.
  expect(ratings.map(({ size, value }) => [size, Math.round(Number(value?.toFixed(1)))])).toEqual([
    [7e9, 87],
    [13e9, 90],
    [33e9, 98],
    [65e9, 99],
  ]);
  for (const { value, low, high, n } of ratings) {
    expect(n).toBeGreaterThan(70);
    expect(low).toBeLessThan(value ?? 0);
    expect(high).toBeGreaterThan(value ?? 0);
  }
});

test('QLoRA’s pairs are won, tied or lost in both orders together', WITH_RECORDS, async () => {
  const preferences = await qloraPreferences(['guanaco']);
  // Of 13B, as the notebook on judges counts them: 12 wins, 30 ties, 38 losses.
  expect(preferences[1]).toMatchObject({ size: 13e9, value: 52.5, n: 80 });
  expect(preferences).toHaveLength(4);
});

test('votes of people and of GPT-4 are shares of their pairs', WITH_RECORDS, async () => {
  const people = await pandaLmPreferences();
  // As PandaLM's README prints LLaMA-7B's wins, losses and ties: beside Bloom-7B 72, 28, 11.
  expect(people[0]).toMatchObject({ model: 'bloom-7b', wins: 72 / 111, losses: 28 / 111, n: 111 });
  expect(people).toHaveLength(4);
  for (const { wins, ties, losses } of [...people, ...(await fastChatPreferences())])
    expect(wins + ties + losses).toBeCloseTo(1, 12);
});

test('published answers to GSM8K are right where their publisher says so', WITH_RECORDS, async () => {
  // The records' own is_correct: 286, 458, 515 and 742 of 1,319.
  expect((await publishedGsm8k()).map(({ value, n }) => [Math.round((Number(value) * n) / 100), n])).toEqual(
    [286, 458, 515, 742].map(right => [right, 1319]),
  );
});

test(
  'published answers to Natural Questions leave out improper questions and missing answers',
  WITH_RECORDS,
  async () => {
    const rows = await publishedNaturalQuestions();
    expect(rows.map(({ label, series, n }) => [label, series, n]).slice(0, 3)).toEqual([
      ['FiD, trained on NQ', 'right by annotators', 3019],
      ['FiD, trained on NQ', 'exact match', 3019],
      ['text-davinci-003', 'right by annotators', 3020],
    ]);
    expect(rows.find(row => row.label === 'ChatGPT')?.value).toBeCloseTo(72.98, 2);
  },
);
