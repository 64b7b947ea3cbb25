import { expect, test } from 'vitest';
import type { StudyAnswer } from '../../../../src/schema.ts';
import { ratingPairs, simulatedRatings } from '../../../../src/study/index.ts';

const STYLED = 'Here is what one should know.\n\n1. It is red.\n2. It is old.\n\nOverall, it is fine.';

function answer(
  of: Pick<StudyAnswer, 'model' | 'seed' | 'text'>,
  label: 'correct' | 'incorrect',
): StudyAnswer {
  const size = of.model === 'teacher' ? null : 80_000;
  return {
    ...of,
    size,
    budget: size === null ? null : 9000,
    promptId: 'p',
    prompt: 'What of it?',
    category: 'General QA',
    facts: [],
    confidence: null,
    labels: [{ start: 0, end: 4, label }],
    finish: 'stop',
    evidence: 'live',
  };
}

test('the judge of style prefers the well-formed answer, the one that knows the truth the true one', () => {
  const answers = [
    answer({ model: 'teacher', seed: 1, text: 'It is blue.' }, 'correct'),
    answer({ model: 'broad', seed: 1, text: STYLED }, 'incorrect'),
    // Another seed's prompt of the same name, where it is the other way round.
    answer({ model: 'teacher', seed: 2, text: STYLED }, 'incorrect'),
    answer({ model: 'broad', seed: 2, text: 'It is blue.' }, 'correct'),
  ];
  const { style, truth } = simulatedRatings(ratingPairs({ answers }), { answers });
  const said = (ratings: typeof style) =>
    ratings.map(({ promptId, left, right, choice }) => [promptId, left, right, choice]).sort();
  expect(said(style)).toEqual([
    ['1/p', 'teacher', 'broad/80000/9000', 'right'],
    ['2/p', 'teacher', 'broad/80000/9000', 'left'],
  ]);
  expect(said(truth)).toEqual([
    ['1/p', 'teacher', 'broad/80000/9000', 'left'],
    ['2/p', 'teacher', 'broad/80000/9000', 'right'],
  ]);
  expect(new Set([...style, ...truth].map(({ annotator }) => annotator))).toEqual(
    new Set(['Judge of style (simulated)', 'Judge that knows the truth (simulated)']),
  );
});
