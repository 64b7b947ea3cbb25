import { expect, test } from 'vitest';
import { packTokens } from '../../../src/tokenize/index.ts';

test('tokens are cut into blocks in which each but the first is the target of one position', () => {
  const blocks = packTokens([10, 11, 12, 13, 14, 15], 3);
  expect(blocks.map(({ ids, targets, lossMask }) => [[...ids], [...targets], [...lossMask]])).toEqual([
    [
      [10, 11, 12],
      [11, 12, 13],
      [1, 1, 1],
    ],
    [
      [13, 14, 0],
      [14, 15, 0],
      [1, 1, 0],
    ],
  ]);
  expect(blocks[1]?.spans).toEqual([{ id: 'tokens', start: 0, end: 2, offset: 3 }]);
  expect(packTokens(Int32Array.of(1, 2, 3, 4), 3)).toHaveLength(1);
});

test('one token teaches nothing', () => {
  expect(() => packTokens([1], 3)).toThrow(
    'at least two tokens are required, got a sequenceLength of 3 and 1 tokens',
  );
  expect(() => packTokens([1, 2], 0)).toThrow(RangeError);
});
