import { expect, test } from 'vitest';
import { nameReviews } from '../../../src/readers/index.ts';
import { review } from '../compare/review.ts';

const owners = new Map([['id1', 'gpt-3.5']]);
const named = (name: string, models: readonly string[], [first, second]: readonly [string, string]) => {
  const [found] = nameReviews([review('1', first, second, [8, 7])], name, {
    owners,
    models: new Set(models),
  });
  return [found?.first, found?.second];
};

test('an answer is named by its id, or is the model’s name itself', () => {
  expect(named('r.jsonl', ['gpt-3.5', 'mine'], ['mine', 'id1'])).toEqual(['mine', 'gpt-3.5']);
});

test('an unknown id is by the model without ids whose name the file’s holds', () => {
  const models = ['gpt-3.5', '13b-alpaca', '3b-alpaca', '13b-guanaco'];
  expect(named('13b-alpaca-topp0.9-vs-gpt-3.5.jsonl', models, ['id1', 'x'])).toEqual([
    'gpt-3.5',
    '13b-alpaca',
  ]);
  expect(named('gpt-3.5-vs-13b-guanaco.jsonl', models, ['x', 'id1'])).toEqual(['13b-guanaco', 'gpt-3.5']);
});

test('it keeps its id where the file names no model, or two', () => {
  expect(named('reviews.jsonl', ['a', 'b'], ['x', 'id1'])).toEqual(['x', 'gpt-3.5']);
  expect(named('a-vs-b.jsonl', ['a', 'b'], ['x', 'y'])).toEqual(['x', 'y']);
});
