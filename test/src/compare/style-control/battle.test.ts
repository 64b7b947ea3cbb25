import { expect, test } from 'vitest';
import { ratingBattles, reviewBattles } from '../../../../src/compare/index.ts';
import type { Generation, Rating } from '../../../../src/schema.ts';
import { review } from '../review.ts';

const answer = (promptId: string, model: string, text: string | null): Generation => ({
  promptId,
  model,
  text,
  finish: text === null ? 'error' : 'stop',
  evidence: 'public',
});
const ANSWERS = [
  answer('1', 'm', 'first sample'),
  answer('1', 'm', 'second sample'),
  answer('1', 't', 'of the teacher'),
  answer('2', 'm', null),
  answer('2', 't', 'of the teacher'),
];

test('reviews are joined with the texts, in their order; a tie is ½', () => {
  const reviews = [
    review('1', 'm', 't', [9, 2]),
    review('1', 't', 'm', [9, 2]),
    review('1', 't', 'm', [5, 5]),
  ];
  const { battles } = reviewBattles(reviews, ANSWERS);
  expect(battles.map(({ first, outcome }) => [first.model, first.text, outcome])).toEqual([
    ['m', 'first sample', 1],
    ['t', 'of the teacher', 1],
    ['t', 'of the teacher', 0.5],
  ]);
});

test('reviews without scores, and those of an answer that failed or is unknown, are counted apart', () => {
  const reviews = [review('1', 'm', 't', null), review('2', 'm', 't', [9, 2]), review('1', 'x', 't', [9, 2])];
  expect(reviewBattles(reviews, ANSWERS)).toEqual({ battles: [], unread: 1, withoutText: 2, bad: 0 });
});

test('a rating that calls both unusable is a tie, and is counted', () => {
  const rating = (choice: Rating['choice']): Rating => ({
    promptId: '1',
    annotator: 'ann',
    left: 't',
    right: 'm',
    choice,
    contentHash: '',
    at: '',
  });
  const { battles, bad } = ratingBattles(
    [rating('left'), rating('right'), rating('tie'), rating('bad')],
    ANSWERS,
  );
  expect(battles.map(({ outcome }) => outcome)).toEqual([1, 0, 0.5, 0.5]);
  expect(bad).toBe(1);
});
