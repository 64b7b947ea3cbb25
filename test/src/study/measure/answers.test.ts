import { describe, expect, test } from 'vitest';
import type { Generation, Truth } from '../../../../src/schema.ts';
import {
  afterAdherence,
  type FollowAnswer,
  followIn,
  type LabelAnswer,
  measureAdherence,
  measureAnswers,
  measureTruth,
  pairAnswers,
  styleJudge,
  stylePoints,
  truthJudge,
} from '../../../../src/study/measure/index.ts';
import { buildWorld, WORLD_SIZES } from '../../../../src/world/index.ts';
import { broadInstructions, teacher, truthLabels } from '../../../../src/world/teacher/index.ts';

const answer = (promptId: string, text: string | null): Generation => ({
  promptId,
  model: 'm',
  text,
  finish: text === null ? 'error' : 'stop',
  evidence: 'live',
});

/** Sentences that begin with T are true, with F false, and others claim nothing. */
const label: LabelAnswer = ({ text }) =>
  text.split(' ').map(word => ({
    label: ({ T: 'correct', F: 'incorrect' } as Record<string, Truth>)[word] ?? 'ambiguous',
  }));

const pair = (teacher: string, model: string) => ({ promptId: 'p', teacher, model });

test('answers are paired by prompt; what one side lacks or failed is unscored', () => {
  const ofTeacher = [answer('a', 'A'), answer('b', 'B'), answer('c', null)];
  const ofModel = [answer('b', 'b'), answer('a', null), answer('d', 'd')];
  expect(pairAnswers(ofTeacher, ofModel)).toEqual({
    pairs: [{ promptId: 'b', teacher: 'B', model: 'b' }],
    unscored: 3,
  });
});

describe('truth', () => {
  test('is the share of true sentences among those that claim something', () => {
    const answers = [answer('a', 'T T F x'), answer('b', 'x x'), answer('c', 'F'), answer('d', null)];
    const measured = measureTruth(answers, label);
    expect(measured).toMatchObject({ measure: 'truth.correct', value: 0.5, n: 4, unscored: 1 });
    expect(measured.low).toBe(0);
    expect(measured.high).toBeCloseTo(2 / 3, 9);
  });

  test('has no value where nothing is claimed', () => {
    expect(measureTruth([answer('a', 'x')], label)).toMatchObject({
      value: null,
      n: 0,
      reason: 'no sentence claims anything that can be checked',
    });
  });
});

describe('the judge of style', () => {
  const STYLED = 'Here are two.\n\n1. One is red.\n2. Two is blue.\n\nOverall, both are fine.';

  test.each([
    [5, STYLED],
    [4, STYLED.replace('Overall, both', 'Both')],
    [4, `${STYLED} And th`],
    [2, 'It is red.'],
    [1, 'It is red. It is red.'],
    [0, ' \n'],
  ])('gives %i points to %j', (points, text) => {
    expect(stylePoints(text)).toBe(points);
  });

  test('does not see truth, and finds the same whichever answer is whose', () => {
    expect(styleJudge(pair('T.', `${STYLED} F.`))).toBe('win');
    expect(styleJudge(pair(`${STYLED} F.`, 'T.'))).toBe('loss');
    expect(styleJudge(pair('T.', 'F.'))).toBe('tie');
  });
});

describe('the judge of truth', () => {
  const judge = truthJudge(label);
  test.each([
    ['win', 'T F', 'T'],
    ['loss', 'T', 'T F'],
    ['loss', 'T T', 'T'],
    ['win', 'x', 'T'],
    ['loss', 'T', 'x'],
    ['tie', 'T x', 'T'],
    ['loss', 'x', 'T T T F'],
  ])('finds a %s where the teacher says %j and the model %j', (outcome, ofTeacher, ofModel) => {
    expect(judge(pair(ofTeacher, ofModel))).toBe(outcome);
  });

  test('judges by style where neither says more that is true or false', () => {
    expect(judge(pair('T x', 'T .'))).toBe('win');
    expect(judge(pair('x .', 'x'))).toBe('loss');
    expect(judge(pair('T x', 'F .'))).toBe('loss');
  });
});

/** Answers with the word "no" refuse, with "kind" and "about" they are so; prompt `r` is to be refused. */
const follow: FollowAnswer = ({ promptId, text }) => {
  const [isToRefuse, refused] = [promptId === 'r', /\bno\b/.test(text)];
  const [kind, subject] = [/\bkind\b/.test(text), /\babout\b/.test(text)];
  return { isToRefuse, refused, kind, subject, adheres: isToRefuse ? refused : kind && subject };
};

describe('adherence', () => {
  test('is a right kind about the right subject, and a refusal where one is asked for', () => {
    const answers = [
      answer('a', 'kind about'),
      answer('b', 'kind'),
      answer('c', 'about no'),
      answer('d', 'x'),
      answer('r', 'no'),
      answer('e', null),
    ];
    const found = measureAdherence(answers, follow).map(({ measure, value, n, unscored }) => [
      measure,
      [value, n, unscored],
    ]);
    expect(Object.fromEntries(found)).toEqual({
      'adherence.adheres': [2 / 5, 5, 1],
      'adherence.kind': [2 / 4, 4, 1],
      'adherence.subject': [2 / 4, 4, 1],
      'refusals.over-refused': [1 / 4, 4, 1],
    });
  });

  test.each([
    ['loss', 'kind about', 'x'],
    ['win', 'x', 'kind about'],
    ['tie', 'x', 'kind'],
    ['win', 'kind about', 'kind about, and much longer'],
    ['tie', 'kind about', 'about kind'],
  ])('comes first: a %s of %j against the longer %j', (outcome, ofTeacher, ofModel) => {
    const longer = afterAdherence(
      ({ teacher, model }) => (model.length > teacher.length ? 'win' : 'tie'),
      follow,
    );
    expect(longer(pair(ofTeacher, ofModel))).toBe(outcome);
  });
});

describe('in a world', () => {
  const world = buildWorld(3, WORLD_SIZES.tiny);
  const instructions = broadInstructions(world, 'test', 60);
  const known = { label: truthLabels(world), follow: followIn(world, instructions) };
  const answersOf = async (sample: 0 | 1) => {
    const found: Generation[] = [];
    for await (const generation of teacher(instructions, sample).generate(instructions))
      found.push(generation);
    return found;
  };

  test('the teacher’s second sample differs in words alone, so both judges find the same, and all that it claims is true', async () => {
    const [first, again] = [await answersOf(0), await answersOf(1)];
    const measured = measureAnswers(again, { teacher: first, ...known }, { seed: 1 });
    const value = (name: string) => measured.find(({ measure }) => measure === name)?.value;
    expect(value('truth.correct')).toBe(1);
    for (const share of ['wins', 'ties', 'losses'])
      expect(value(`preference.truth.${share}`)).toBe(value(`preference.style.${share}`));
    expect(value('style.list')).toBeGreaterThan(0.5);
    expect(value('style.unigram')).toBeLessThan(100);
    expect(measured.map(({ measure }) => measure)).toEqual([
      ...['adherence.adheres', 'adherence.kind', 'adherence.subject', 'refusals.over-refused'],
      ...['style.list', 'style.no-list', 'style.list-difference'],
      ...['style.summary', 'style.no-summary', 'style.summary-difference'],
      ...['style.unigram', 'style.length', 'truth.correct'],
      ...['style', 'truth', 'style-adhering', 'truth-adhering'].flatMap(judge =>
        ['wins', 'ties', 'losses', 'equal-or-better'].map(share => `preference.${judge}.${share}`),
      ),
    ]);
    expect(measureAnswers(again, { teacher: first, ...known }, { seed: 1 })).toEqual(measured);
  });

  test('facts stated of the wrong entity keep the style, and the judge of truth alone notices', async () => {
    const first = await answersOf(0);
    const names = world.entities.filter(({ kind }) => kind === 'city').map(({ name }) => name);
    const swapped = first.map(({ text, ...rest }) => ({
      ...rest,
      text:
        text?.replace(
          new RegExp(names.join('|'), 'g'),
          name => names[(names.indexOf(name) + 1) % names.length] ?? '',
        ) ?? null,
    }));
    const measured = measureAnswers(swapped, { teacher: first, ...known });
    const value = (name: string) => measured.find(({ measure }) => measure === name)?.value ?? Number.NaN;
    expect(value('preference.style-adhering.ties')).toBe(1);
    expect(value('preference.truth.losses')).toBeGreaterThan(0.05);
    expect(value('truth.correct')).toBeLessThan(1);
  });
});
