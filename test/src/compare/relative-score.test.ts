import { describe, expect, test } from 'vitest';
import { relativeScore } from '../../../src/compare/index.ts';
import { loadText, loadTexts } from '../../../src/data/index.ts';
import { parseJsonl, parseReviews } from '../../../src/readers/index.ts';
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

test('published scores count; without them the text is read', () => {
  const row = { question_id: 1, answer1_id: 'a', answer2_id: 'b', text: 'I solve it first: 4.\n8 9' };
  const scores = (more: object) => parseReviews(JSON.stringify({ ...row, ...more }), 'r.jsonl')[0]?.scores;
  expect(scores({})).toEqual([8, 9]);
  expect(scores({ text: 'It is 4.' })).toBeNull();
  expect(scores({ score: [7, 9] })).toEqual([7, 9]);
  expect(scores({ score: [-1, -1], text: '8 9\n' })).toBeNull();
  // QLoRA's pairwise reviews state the better answer, or 3.
  expect(scores({ score: 1 })).toEqual([1, 0]);
  expect(scores({ score: 2 })).toEqual([0, 1]);
  expect(scores({ score: 3 })).toEqual([0.5, 0.5]);
  expect(scores({ score: -1 })).toBeNull();
  expect(() => parseReviews('{"question_id": 1}', 'r.jsonl')).toThrow(
    'Cannot read r.jsonl:1: question_id, answer1_id',
  );
});

describe('published reviews', () => {
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
});
