import { expect, test } from 'vitest';
import { firstOfEachCategory, imitationData } from '../../../src/study/index.ts';

test('what a study imitates is drawn again from scale and seed, each kind as often as the scale says', () => {
  const data = imitationData('tiny', 1);
  const sets = [...new Set(data.map(({ set }) => set))];
  expect(sets.map(name => [name, data.filter(({ set }) => set === name).length])).toEqual([
    ['Broad imitation', 120],
    ['Local imitation: questions', 30],
    ['Local imitation: summaries', 30],
  ]);
  expect(imitationData('tiny', 1)).toEqual(data);
  expect(imitationData('tiny', 2)).not.toEqual(data);
});

test('an example of each set and category is its first', () => {
  const data = imitationData('tiny', 1);
  const examples = firstOfEachCategory(data);
  expect(new Set(examples.map(({ records }) => records)).size).toBe(examples.length);
  const [first] = data;
  expect(examples[0]).toEqual({
    records: `Broad imitation, ${first?.category}`,
    evidence: 'live',
    dialogues: [
      {
        id: 'broad-train-1',
        turns: [
          { role: 'user', content: first?.query },
          { role: 'assistant', content: first?.answer },
        ],
      },
    ],
  });
});

test('of a scale whose teacher has no world of its own nothing can be drawn', () => {
  expect(() => imitationData('full', 1)).toThrow(
    'Cannot draw imitation data: the scale tiny or mini is required, whose world is drawn from a seed; got full',
  );
});
