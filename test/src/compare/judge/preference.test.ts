import { expect, test } from 'vitest';
import { pairsOf, positionBias, preferencesOf } from '../../../../src/compare/index.ts';
import { loadText, loadTexts } from '../../../../src/data/index.ts';
import {
  parseAnswerOwners,
  parsePandaLm,
  parseReviews,
  parseSource,
  type Review,
  withOwners,
} from '../../../../src/readers/index.ts';
import { summarizePreference, summarizeRatings } from '../../../../src/stats/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';
import { review } from '../review.ts';

/** A pair in both orders. */
const both = (promptId: string, one: Review['scores'], two: Review['scores']) => [
  review(promptId, 'm', 't', one),
  review(promptId, 't', 'm', two),
];

const reviews = [
  ...both('same winner', [9, 2], [3, 8]),
  ...both('first place', [9, 2], [9, 2]),
  ...both('second place', [2, 9], [2, 9]),
  ...both('tie in both', [5, 5], [6, 6]),
  ...both('tie in one', [9, 2], [6, 6]),
  ...both('unscored', [9, 2], null),
];

test('orders that disagree make a tie, and a review without scores no outcome', () => {
  expect(preferencesOf(reviews).map(({ promptId, winner }) => [promptId, winner])).toEqual([
    ['same winner', 'a'],
    ['first place', 'tie'],
    ['second place', 'tie'],
    ['tie in both', 'tie'],
    ['tie in one', 'tie'],
    ['unscored', null],
  ]);
  expect(summarizePreference(preferencesOf(reviews), { model: 'm' })).toMatchObject({
    wins: 1,
    ties: 4,
    losses: 0,
    // Two orders for one place each, and a tie in one order alone.
    disagreements: 3,
    unscored: 1,
    n: 5,
  });
});

test('position bias counts which place wins both orders', () => {
  const bias = positionBias(reviews);
  expect(bias).toMatchObject({
    consistent: { value: 2 / 5, n: 5 },
    first: { value: 1 / 5, n: 5 },
    second: { value: 1 / 5, n: 5 },
    unscored: 1,
  });
  // Wilson's interval of 2 in 5.
  expect(bias.consistent.low).toBeCloseTo(0.1176, 4);
  expect(bias.consistent.high).toBeCloseTo(0.7693, 4);
  expect(positionBias([review('1', 'm', 't', [1, 2])])).toMatchObject({ consistent: { value: null, n: 0 } });
});

test('of a comparison each imitator’s answer is paired with the teacher’s', () => {
  const answers = [
    { id: 'x', label: 'x', role: 'imitation' },
    { id: 't', label: 't', role: 'teacher' },
    { id: 'y', label: 'y', role: 'imitation' },
  ] as const;
  const items = [
    { promptId: '1', prompt: 'Why?', category: 'math', answers: { x: { text: 'X' }, t: { text: 'T' } } },
  ];
  expect(pairsOf({ version: 1, answers: [...answers], items })).toEqual([
    {
      promptId: '1',
      prompt: 'Why?',
      category: 'math',
      answers: [
        { id: 't', text: 'T' },
        { id: 'x', text: 'X' },
      ],
    },
  ]);
});

test('PandaLM’s rows are ratings of three annotators, and a row that is none is named', () => {
  const row = { idx: 7, cmp_key: 'opt-7b_llama-7b', response1: 'A', response2: 'B' };
  const text = (more: object) =>
    JSON.stringify([{ ...row, annotator1: 2, annotator2: 0, annotator3: 1, ...more }]);
  expect(
    parsePandaLm(text({}), 'p.json').map(({ promptId, annotator, left, right, choice }) => [
      promptId,
      annotator,
      left,
      right,
      choice,
    ]),
  ).toEqual([
    ['7', 'annotator1', 'opt-7b', 'llama-7b', 'right'],
    ['7', 'annotator2', 'opt-7b', 'llama-7b', 'tie'],
    ['7', 'annotator3', 'opt-7b', 'llama-7b', 'left'],
  ]);
  expect(() => parsePandaLm(text({ annotator2: 3 }), 'p.json')).toThrow(
    'Cannot read p.json[0]: idx, cmp_key',
  );
});

test('PandaLM’s file holds answers of both models to the instruction with its input, and the ratings', () => {
  const votes = { annotator1: 2, annotator2: 0 };
  const rows = [
    {
      idx: 0,
      cmp_key: 'opt-7b_llama-7b',
      instruction: 'Add.',
      input: '1, 2',
      response1: 3,
      response2: 'Three',
      ...votes,
    },
    {
      idx: 1,
      cmp_key: 'opt-7b_llama-7b',
      instruction: 'Go.',
      input: '',
      response1: 'a',
      response2: 'b',
      ...votes,
    },
    {
      idx: 2,
      cmp_key: 'opt_7b_llama-7b',
      instruction: 'Go on.',
      input: '',
      response1: 'a',
      response2: 'b',
      ...votes,
    },
  ];
  const { format, prompts, generations, ratings, report } = parseSource(JSON.stringify(rows), {
    name: 'p.json',
  });
  expect([format, report.models, report.skipped.map(({ at }) => at)]).toEqual([
    'pandalm',
    ['opt-7b', 'llama-7b'],
    ['p.json[2]'],
  ]);
  expect(prompts.map(({ id, text }) => [id, text])).toEqual([
    ['0', 'Add.\n\n1, 2'],
    ['1', 'Go.'],
  ]);
  expect(generations.map(({ text }) => text)).toEqual(['3', 'Three', 'a', 'b']);
  expect(ratings).toEqual(parsePandaLm(JSON.stringify(rows.slice(0, 2)), 'p.json'));
});

test(
  'PandaLM’s raters prefer by majority 422 first and 472 second answers, and neither of 105',
  WITH_RECORDS,
  async () => {
    const { text, name } = await loadText('pandalm/testset');
    const ratings = parsePandaLm(text, name);
    expect(ratings).toHaveLength(3 * 999);
    // Each pair of models by itself, since the order of two ids is that of their names.
    const counts = { first: 0, second: 0, tie: 0 };
    for (const key of new Set(ratings.map(({ left, right }) => JSON.stringify([left, right])))) {
      const [left] = JSON.parse(key);
      const own = ratings.filter(rating => JSON.stringify([rating.left, rating.right]) === key);
      const { wins, losses, ties } = summarizeRatings(own, { model: left });
      counts.first += wins;
      counts.second += losses;
      counts.tie += ties;
    }
    expect(counts).toEqual({ first: 422, second: 472, tie: 105 });
  },
);

test('FastChat’s reviews distinguish models by the answers that they name', WITH_RECORDS, async () => {
  const [review] = await loadTexts(['fastchat/reviews/gpt35-vicuna-13b']);
  const answers = await loadTexts(['fastchat/gpt35', 'fastchat/vicuna-13b']);
  const owners = new Map(answers.flatMap(({ text, name }) => [...parseAnswerOwners(text, name)]));
  const named = withOwners(parseReviews(review?.text ?? '', 'r.jsonl'), owners);
  const summary = summarizePreference(preferencesOf(named, 'public'), {
    model: 'vicuna-13b:20230322-clean-lang',
  });
  expect(summary).toMatchObject({ wins: 14, ties: 22, losses: 44, unscored: 0, n: 80 });
});
