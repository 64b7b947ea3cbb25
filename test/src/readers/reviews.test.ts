import { describe, expect, test } from 'vitest';
import { parseJudgements, parseReviews } from '../../../src/readers/index.ts';

/** A row of MT-bench's judgements of pairs. */
const judgement = {
  question_id: 81,
  model_1: 'alpaca',
  model_2: 'vicuna',
  g1_winner: 'model_2',
  g2_winner: 'tie',
  judge: ['gpt-4', 'pair-v2'],
  g1_judgment: 'Assistant B is more detailed. [[B]]',
  g2_judgment: 'Both are right. [[C]]',
  turn: 2,
};
const read = (more: object) => parseReviews(JSON.stringify({ ...judgement, ...more }), 'pairs.jsonl');

test('MT-bench’s judgement of a pair is a review in each order', () => {
  expect(read({})).toEqual([
    {
      promptId: '81',
      first: 'alpaca',
      second: 'vicuna',
      turn: 2,
      scores: [0, 1],
      text: 'Assistant B is more detailed. [[B]]',
    },
    {
      promptId: '81',
      first: 'vicuna',
      second: 'alpaca',
      turn: 2,
      scores: [0.5, 0.5],
      text: 'Both are right. [[C]]',
    },
  ]);
});

test.each([
  ['model_1', [0, 1]],
  ['model_2', [1, 0]],
  ['error', null],
])('in the second game, where model_2 is first, the winner %s scores %j', (g2_winner, scores) => {
  expect(read({ g2_winner })[1]?.scores).toEqual(scores);
});

test('a judge who was asked once gives one review; a judgement of one answer is none', () => {
  expect(read({ g2_judgment: null })).toHaveLength(1);
  const single = {
    question_id: 81,
    model: 'alpaca',
    judge: ['gpt-4', 'single-v1'],
    judgment: '[[7]]',
    score: 7,
  };
  expect(() => parseReviews(JSON.stringify(single), 'single.jsonl')).toThrow(
    'Cannot read single.jsonl:1: question_id, answer1_id, answer2_id and text, or MT-bench’s judgement of a pair',
  );
});

describe('a judgement of a single answer', () => {
  const single = { question_id: 81, model: 'mine', judgment: 'Fine. Rating: [[7]]', turn: 2 };
  const singles = (...rows: object[]) =>
    parseJudgements(rows.map(row => JSON.stringify(row)).join('\n'), 'single.jsonl').singles;

  test('has the score that is stated; of −1 none, and without one that of the reply', () => {
    const rows = [{ ...single, score: 6.5 }, { ...single, score: -1 }, { ...single, score: null }, single];
    expect(singles(...rows).map(({ score }) => score)).toEqual([6.5, null, null, 7]);
    expect(singles(single)).toEqual([
      { promptId: '81', model: 'mine', turn: 2, score: 7, text: 'Fine. Rating: [[7]]' },
    ]);
  });

  test('may come beside judgements of pairs, also as this package keeps it', () => {
    const kept = { id: '["81","mine"]', question_id: 81, model: 'mine', text: '[[9]]', score: 9, key: 'k' };
    const { pairs, singles } = parseJudgements(
      [judgement, kept].map(row => JSON.stringify(row)).join('\n'),
      'both.jsonl',
    );
    expect([pairs.length, singles]).toEqual([
      2,
      [{ promptId: '81', model: 'mine', score: 9, text: '[[9]]' }],
    ]);
  });

  test('requires a model, and a reply that is a text', () => {
    for (const more of [{ model: null }, { judgment: 7 }, { question_id: undefined }])
      expect(() => singles({ ...single, ...more })).toThrow('Cannot read single.jsonl:1: question_id');
  });
});
