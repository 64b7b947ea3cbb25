import { describe, expect, test } from 'vitest';
import { relativeScore } from '../../../src/compare/index.ts';
import { loadText, loadTexts } from '../../../src/data/index.ts';
import { parseJsonl, parseReviews, parseScores, parseScoreTuple } from '../../../src/readers/index.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { review } from './review.ts';

const isTeacher = (id: string) => id.startsWith('t');
describe('the score beside the teacher’s', () => {
  test('is the mean over both orders, whose values are beside it', () => {
    const reviews = [
      review('1', 'm1', 't1', [9, 10]),
      review('1', 't1', 'm1', [10, 6]),
      review('2', 'm2', 't2', [5, 10]),
      review('2', 't2', 'm2', [8, 3]),
    ];
    // First: 14 of 20. Second: 9 of 18.
    expect(relativeScore(reviews, isTeacher)).toMatchObject({
      value: 60,
      n: 2,
      unscored: 0,
      first: 70,
      second: 50,
    });
  });

  test('leaves out a question of which a review has no scores, and counts it', () => {
    const reviews = [
      review('1', 'm1', 't1', [9, 10]),
      review('1', 't1', 'm1', null),
      review('2', 'm2', 't2', [5, 10]),
      review('2', 't2', 'm2', [8, 4]),
    ];
    expect(relativeScore(reviews, isTeacher)).toMatchObject({ value: 50, n: 1, unscored: 1 });
  });

  test('is null without a review, and refuses one without the teacher', () => {
    expect(relativeScore([], isTeacher)).toEqual({
      value: null,
      low: null,
      high: null,
      n: 0,
      unscored: 0,
      first: null,
      second: null,
    });
    expect(() => relativeScore([review('7', 'a', 'b', [1, 2])], isTeacher)).toThrow(
      "one answer of question 7 must be the teacher's, found a and b",
    );
  });
});

test('scores are read from a review’s first line', () => {
  expect(parseScores('8 9\nBoth are fine.')).toEqual([8, 9]);
  expect(parseScores('\n7.5, 10')).toEqual([7.5, 10]);
  expect(parseScores('Assistant 1: 8\nAssistant 2: 9')).toBeNull();
  expect(parseScores('8 9 10\n')).toBeNull();
  const row = { question_id: 1, answer1_id: 'a', answer2_id: 'b', text: 'I solve it first: 4.\n8 9' };
  const scores = (more: object) => parseReviews(JSON.stringify({ ...row, ...more }), 'r.jsonl')[0]?.scores;
  expect(scores({})).toBeNull();
  expect(scores({ score: [8, 9] })).toEqual([8, 9]);
  expect(scores({ score: [-1, -1], text: '8 9\n' })).toBeNull();
  expect(() => parseReviews('{"question_id": 1}', 'r.jsonl')).toThrow(
    'Cannot read r.jsonl:1: question_id, answer1_id',
  );
});

test('scores after a solution are read from the last line that ends in a tuple alone', () => {
  expect(parseScoreTuple('Between (4, -2) and (10, 4) lie 8.5.\n\n(9, 1)')).toEqual([9, 1]);
  expect(parseScoreTuple('Output: (10, 2.5).')).toEqual([10, 2.5]);
  expect(parseScoreTuple('Between (4, 2) and (10, 4)')).toBeNull();
  expect(parseScoreTuple('(9, 1), since the first is right')).toBeNull();
});

describe('published reviews', () => {
  test(
    'tuples of FastChat’s and QLoRA’s reviews are the scores published with them',
    WITH_RECORDS,
    async () => {
      const counts = { otherwise: 0, tuples: 0, published: 0, same: 0 };
      for (const { text, name } of await loadTexts(['fastchat-reviews', 'qlora/scores/*'])) {
        for (const { text: said, scores } of parseReviews(text, name)) {
          if (parseScores(said) !== null) continue;
          const tuple = parseScoreTuple(said);
          counts.otherwise++;
          if (tuple === null) continue;
          counts.tuples++;
          if (scores === null) continue;
          counts.published++;
          if (String(scores) === String(tuple)) counts.same++;
        }
      }
      expect(counts).toEqual({ otherwise: 255, tuples: 60, published: 39, same: 39 });
    },
  );

  test('QLoRA’s ratings by GPT-4 come out to the printed digits', WITH_RECORDS, async () => {
    const { text, name } = await loadText('qlora/gpt35');
    const chatGpt = new Set(parseJsonl(text, name).map(({ value }) => value.answer_id));
    const printed: Record<string, number[]> = {
      alpaca: [64, 72, 74, 70],
      guanaco: [87, 90, 98, 99],
      'self-instruct': [52, 50, 51, 56],
    };
    for (const [source, expected] of Object.entries(printed)) {
      const found: number[] = [];
      for (const size of ['7b', '13b', '30b', '65b']) {
        const model = `${size}-${source}`;
        const of = await loadTexts([`qlora/scores/${model}/gpt35`, `qlora/scores/gpt35/${model}`]);
        const reviews = of.flatMap(file => parseReviews(file.text, file.name));
        const { first, second, value, n, unscored } = relativeScore(reviews, id => chatGpt.has(id));
        expect(n + unscored).toBe(80);
        expect(value).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 9);
        // As printed: rounded to a tenth, and then to a whole.
        found.push(Math.round(Number(value?.toFixed(1))));
      }
      expect([source, ...found]).toEqual([source, ...expected]);
    }
  });

  test('of FastChat’s reviews three in 80 do not begin with scores', WITH_RECORDS, async () => {
    for (const { text, name } of await loadTexts(['fastchat-reviews'])) {
      const reviews = parseReviews(text, name);
      expect([name, reviews.length]).toEqual([name, 80]);
      expect([name, reviews.filter(review => parseScores(review.text) === null).length]).toEqual([name, 3]);
    }
  });
});
