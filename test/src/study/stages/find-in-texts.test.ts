import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInTexts } from '../../../../src/study/stages/find-in-texts.ts';

test('findInTexts() finds whole texts and parts of them, in any case, and no text that goes over two', () => {
  const isIn = findInTexts(['There are 12 apples in a box.', 'Take them out']);
  expect(
    ['are 12 apples', 'THERE ARE 1', 'e are 12 apples in a bo', 'out', ' Take them out\n'].map(isIn),
  ).toEqual([true, true, true, true, true]);
  expect(['are 12 nails', 'box. Take', 'out there'].map(isIn)).toEqual([false, false, false]);
});

test('findInTexts() agrees with a search of every text', () => {
  const words = fc.array(fc.constantFrom('a', 'ab', 'b.', '(c', '12', '-', 'D'), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(words, { maxLength: 5 }), words, (texts, sought) => {
      const joined = texts.map(text => text.join(' '));
      const part = sought.join(' ').trim();
      const found = joined.some(text => text.toLowerCase().includes(part.toLowerCase()));
      expect(findInTexts(joined)(part)).toBe(found);
    }),
  );
});
