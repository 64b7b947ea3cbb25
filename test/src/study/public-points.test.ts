import { expect, test } from 'vitest';
import { diversityPoints, qloraRatings } from '../../../src/study/index.ts';
import { needsRecords, recordsReachable } from '../../fixtures/public-records.ts';

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

test.runIf(recordsReachable)(
  needsRecords('QLoRA’s ratings stand by data and size, with n and intervals'),
  async () => {
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
  },
);
