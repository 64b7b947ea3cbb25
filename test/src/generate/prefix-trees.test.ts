import { describe, expect, test } from 'vitest';
import { offsetOf, prefixTrees } from '../../../src/generate/prefix-trees.ts';
import { bucket } from '../../../src/generate/step-options.ts';

describe('sequences that begin alike', () => {
  test('are in one row: what they share, then the rest of each, at its own positions', () => {
    const [tree, ...more] = prefixTrees(
      [
        [5, 6, 7, 8],
        [5, 6, 7, 9, 1],
        [5, 6, 7],
      ],
      8,
      100,
    );
    expect(more).toEqual([]);
    expect(tree).toEqual({
      ids: [5, 6, 7, 8, 9, 1],
      positions: [0, 1, 2, 3, 3, 4],
      branches: [0, 0, 0, 1, 2, 2],
      members: [
        { sequence: 0, shared: 3, start: 3 },
        { sequence: 1, shared: 3, start: 4 },
        { sequence: 2, shared: 3, start: 6 },
      ],
    });
    const [, second = { sequence: 1, shared: 0, start: 0 }] = tree?.members ?? [];
    expect([0, 1, 2, 3, 4].map(position => tree?.ids[offsetOf(second, position)])).toEqual([5, 6, 7, 9, 1]);
  });

  test('that are the same occur there once', () => {
    expect(
      prefixTrees(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        8,
        100,
      ).map(({ ids }) => ids),
    ).toEqual([[1, 2]]);
  });

  test('are separate where little is shared, the tree would be too long, or hold too many', () => {
    const rows = (sequences: number[][], members: number, longest: number) =>
      prefixTrees(sequences, members, longest).map(({ ids, members }) => [ids, members.length]);
    // One of ten tokens would be left out; then three of ten.
    const apart = [
      [1, 2, 3, 4, 5],
      [1, 6, 7, 8, 9],
    ];
    expect(rows(apart, 8, 100)).toEqual(apart.map(ids => [ids, 1]));
    const alike = [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 8, 9],
    ];
    expect(rows(alike, 8, 100)).toEqual([[[1, 2, 3, 4, 5, 8, 9], 2]]);
    expect(rows(alike, 8, 6)).toEqual(alike.map(ids => [ids, 1]));
    expect(rows(alike, 1, 100)).toEqual(alike.map(ids => [ids, 1]));
  });

  test('keep their numbers where empty ones are between them', () => {
    const trees = prefixTrees([[], [1, 2], [], [1, 2], [9]], 8, 100);
    expect(trees.map(({ members }) => members.map(({ sequence }) => sequence))).toEqual([[1, 3], [4]]);
  });
});

test('sizes are rounded up to few, by at most a quarter', () => {
  expect([1, 2, 7, 8, 9, 10, 11, 16, 17, 64, 65, 192, 193].map(bucket)).toEqual([
    1, 2, 7, 8, 10, 10, 12, 16, 20, 64, 80, 192, 224,
  ]);
  const sizes = Array.from({ length: 2000 }, (_, at) => at + 1);
  expect(new Set(sizes.map(bucket)).size).toBe(40);
  for (const size of sizes) {
    expect(bucket(size)).toBeGreaterThanOrEqual(size);
    expect(bucket(size)).toBeLessThanOrEqual(1.25 * size);
  }
});
