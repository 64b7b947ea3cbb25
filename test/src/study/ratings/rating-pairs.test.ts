import { expect, test } from 'vitest';
import type { Rating, StudyAnswer } from '../../../../src/schema.ts';
import { humanPreference, ratingPairs } from '../../../../src/study/index.ts';
import { pairHash } from '../../../../src/text/index.ts';

type Who = Pick<StudyAnswer, 'model' | 'size' | 'budget'>;

const TEACHER: Who = { model: 'teacher', size: null, budget: null };
const SMALL: Who = { model: 'broad', size: 3000, budget: 500 };
const LARGE: Who = { model: 'broad', size: 12_000, budget: 500 };
const BASE: Who = { model: 'base', size: 12_000, budget: null };

function answer(who: Who, seed: number, index: number, text: string | null): StudyAnswer {
  return {
    ...who,
    seed,
    promptId: String(index),
    prompt: `Tell me of ${index}.`,
    category: 'General QA',
    text,
    finish: 'stop',
    confidence: null,
    facts: [],
    labels: [],
    evidence: 'live',
  };
}

/** Two seeds with three prompts each: twice four models' answers. The small model failed once. */
const STUDY = {
  answers: [1, 2].flatMap(seed =>
    [TEACHER, SMALL, LARGE, BASE].flatMap(who =>
      [0, 1, 2].map(index => {
        const fails = who === SMALL && seed === 2 && index === 2;
        return answer(who, seed, index, fails ? null : `${who.model} ${who.size} on ${seed}/${index}`);
      }),
    ),
  ),
};

test('pairs for raters ask each prompt once, and give every model its share of them', () => {
  const pairs = ratingPairs(STUDY, { count: 4 });
  expect(pairs.answers).toEqual([
    { id: 'teacher', label: 'Teacher', role: 'teacher' },
    { id: 'broad/3000/500', label: 'Broad imitation, 3\u00a0k parameters, 500 tokens', role: 'imitation' },
    { id: 'broad/12000/500', label: 'Broad imitation, 12\u00a0k parameters, 500 tokens', role: 'imitation' },
  ]);
  expect(new Set(pairs.items.map(({ promptId }) => promptId)).size).toBe(4);
  const models = pairs.items.map(({ answers }) => Object.keys(answers)[1]);
  expect(models.toSorted()).toEqual([
    ...['broad/12000/500', 'broad/12000/500'],
    ...['broad/3000/500', 'broad/3000/500'],
  ]);
  for (const { promptId, prompt, answers } of pairs.items) {
    expect(answers.teacher?.text).toBe(`teacher null on ${promptId}`);
    expect(prompt).toBe(`Tell me of ${promptId.slice(2)}.`);
  }
});

test('pairs are the same for the same seed, others for another, and no more than there are prompts', () => {
  const drawn = (options: Parameters<typeof ratingPairs>[1]) => ratingPairs(STUDY, options).items;
  expect(drawn({ count: 3, seed: 5 })).toEqual(drawn({ count: 3, seed: 5 }));
  expect(drawn({ count: 3, seed: 5 })).not.toEqual(drawn({ count: 3, seed: 6 }));
  expect(drawn({ models: ['base'] })).toHaveLength(6);
  expect(drawn({ models: ['broad'] }).some(({ answers }) => answers['broad/3000/500']?.text === null)).toBe(
    false,
  );
});

test('prompts that ask for code are not put to raters', () => {
  const answers = STUDY.answers.map(one => ({ ...one, category: one.promptId === '1' ? 'Coding' : 'Chat' }));
  const asked = ratingPairs({ answers }).items.map(({ promptId }) => promptId);
  expect(asked.toSorted()).toEqual(['1/0', '1/2', '2/0', '2/2']);
});

test('pairs cannot be drawn of a model that answered nothing, or none of them', () => {
  expect(() => ratingPairs(STUDY, { models: ['facts'] })).toThrow(
    'answers by the teacher and by facts to the same prompt are required, got none',
  );
  expect(() => ratingPairs(STUDY, { count: 0 })).toThrow('a positive number of them is required, got 0');
});

/** A vote on the large model's answer; the teacher is on the left. */
function vote(annotator: string, prompt: string, choice: Rating['choice'], who: Who = LARGE): Rating {
  const texts = [`teacher null on ${prompt}`, `${who.model} ${who.size} on ${prompt}`] as const;
  return {
    promptId: prompt,
    annotator,
    choice,
    left: 'teacher',
    right: `broad/${who.size}/${who.budget}`,
    contentHash: pairHash(...texts),
    at: '2026-01-01T00:00:00.000Z',
  };
}

test('the majority of raters makes one outcome a pair, over all seeds, for each model', () => {
  const votes = [
    // Won by two of three, lost by two of three, three who differ, and unusable to most.
    ...[vote('ada', '1/0', 'right'), vote('ben', '1/0', 'right'), vote('cy', '1/0', 'left')],
    ...[vote('ada', '2/0', 'left'), vote('ben', '2/0', 'left'), vote('cy', '2/0', 'tie')],
    ...[vote('ada', '2/1', 'left'), vote('ben', '2/1', 'right'), vote('cy', '2/1', 'tie')],
    ...[vote('ada', '1/1', 'bad'), vote('ben', '1/1', 'bad'), vote('cy', '1/1', 'right')],
    vote('ada', '1/2', 'left', SMALL),
  ];
  const human = humanPreference(votes, STUDY);
  expect(human.rows).toMatchObject([
    { ...SMALL, value: 0, n: 1, raters: 1, ratings: 1 },
    {
      ...LARGE,
      measure: 'preference.human.equal-or-better',
      evidence: 'human',
      wins: 1,
      ties: 1,
      losses: 1,
      unscored: 1,
      n: 3,
      value: 2 / 3,
      raters: 3,
      ratings: 12,
      // Wilson's interval of 2 in 3.
      low: expect.closeTo(0.2077, 4),
      high: expect.closeTo(0.9385, 4),
    },
  ]);
  expect(human).toMatchObject({ raters: 3, ratings: 13, pairs: 5, disagreements: 1, foreign: 0 });
  const strict = humanPreference(votes, STUDY, { disagreement: 'unscored' });
  expect(strict.rows[1]).toMatchObject({ value: 0.5, n: 2, unscored: 2 });
});

test('votes on other texts than the study’s, or on no pair of it, count only in their number', () => {
  const human = humanPreference(
    [{ ...vote('ada', '1/0', 'right'), contentHash: 'of other texts' }, vote('ada', '9/0', 'right')],
    STUDY,
  );
  expect(human).toMatchObject({ rows: [], raters: 0, ratings: 0, pairs: 0, foreign: 2 });
  expect(human.krippendorffAlpha.value).toBeNull();
});
