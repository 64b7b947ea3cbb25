import { describe, expect, test } from 'vitest';
import { dataOrder } from '../../../src/train/index.ts';

const order = (seed = 0) => dataOrder({ blocks: 70, batchSize: 32, microBatchSize: 8, seed });
const blocksOf = (epoch: number, seed = 0) =>
  [1, 2, 3].flatMap(step =>
    order(seed)
      .at((epoch - 1) * 3 + step)
      .microBatches.flat(),
  );
const all = Array.from({ length: 70 }, (_, index) => index);

describe('the order of 70 blocks, 32 a step and 8 at once', () => {
  test('has three steps a pass, the last of the 6 blocks that are left', () => {
    expect([order().stepsPerEpoch, order().lastBatchSize]).toEqual([3, 6]);
    expect([1, 2, 3, 4].map(step => order().at(step).epoch)).toEqual([1, 1, 1, 2]);
    expect(
      [1, 2, 3, 4].map(step =>
        order()
          .at(step)
          .microBatches.map(({ length }) => length),
      ),
    ).toEqual([[8, 8, 8, 8], [8, 8, 8, 8], [6], [8, 8, 8, 8]]);
  });

  test('has each block once a pass, and another order in each', () => {
    for (const epoch of [1, 2, 7]) expect([...blocksOf(epoch)].sort((a, b) => a - b)).toEqual(all);
    expect(blocksOf(1)).not.toEqual(blocksOf(2));
    expect(blocksOf(1)).not.toEqual(all);
  });

  test('follows from the seed and the step alone, whatever was asked before', () => {
    const asked = order();
    const backwards = [9, 8, 7, 6, 5, 4, 3, 2, 1].map(step => asked.at(step)).reverse();
    expect(backwards).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(step => order().at(step)));
    expect(blocksOf(1, 1)).not.toEqual(blocksOf(1));
  });
});

test('where the batch divides the blocks, the last one is whole', () => {
  expect(dataOrder({ blocks: 64, batchSize: 32, microBatchSize: 32, seed: 0 })).toMatchObject({
    stepsPerEpoch: 2,
    lastBatchSize: 32,
  });
});

test('an order of nothing, or of half blocks, is refused', () => {
  expect(() => dataOrder({ blocks: 0, batchSize: 1, microBatchSize: 1, seed: 0 })).toThrow(
    'Cannot order the data: blocks must be a whole number above 0, got 0',
  );
  expect(() => dataOrder({ blocks: 4, batchSize: 2, microBatchSize: 0.5, seed: 0 })).toThrow(RangeError);
  expect(() => order().at(0)).toThrow('the step must be counted from 1, got 0');
});
