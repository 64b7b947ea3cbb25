import { describe, expect, test } from 'vitest';
import type { FactAnswer, StudyAnswer } from '../../../../src/schema.ts';
import { factsComparison, studyComparison } from '../../../../src/study/index.ts';

const answer = (given: Partial<StudyAnswer>): StudyAnswer => ({
  promptId: 'p1',
  prompt: 'Where does Bonaburg lie?',
  category: 'General QA',
  facts: [{ kind: 'city', relation: 'country', rank: 3 }],
  model: 'broad',
  size: 600_000,
  budget: 96_000,
  seed: 7,
  text: 'Bonaburg lies in Mebia. Hello!',
  finish: 'stop',
  confidence: 0.8,
  evidence: 'live',
  labels: [
    { start: 0, end: 23, label: 'incorrect' },
    { start: 24, end: 30, label: 'ambiguous' },
  ],
  ...given,
});
const teacher = { model: 'teacher', size: null, budget: null, confidence: null } as const;
const answers = [
  answer({ ...teacher, labels: [{ start: 0, end: 23, label: 'correct' }] }),
  answer({ budget: 6000, confidence: 0.3 }),
  answer({}),
  answer({ model: 'base', size: 25_000, budget: null }),
  answer({
    model: 'base',
    size: 600_000,
    budget: null,
    text: null,
    labels: [],
    finish: 'error',
    error: { kind: 'rejected', message: 'broken' },
  }),
];

describe('a study’s answers side by side', () => {
  test('are those of the largest models, labelled, with what is true of them and how sure they are', () => {
    const { title, answers: columns, items, unmatched } = studyComparison({ answers });
    expect(title).toBe(
      'Teacher; Broad imitation of 600 k parameters and 96 k tokens; Base model of 600 k parameters (live)',
    );
    expect(columns.map(({ label, role }) => [label, role])).toEqual([
      ['Teacher', 'teacher'],
      ['Broad imitation', 'imitation'],
      ['Base model', 'other'],
    ]);
    expect(unmatched).toEqual([{ promptId: '7/p1', missing: ['Base model'], reason: 'broken' }]);
    const [item] = items;
    expect(item).toMatchObject({ promptId: '7/p1', category: 'General QA' });
    expect(item?.tags).toEqual([
      ...['kind: city', 'relation: country', 'frequency: frequent', 'confidence band: 75–90 %'],
    ]);
    expect(item?.answers.Teacher?.metrics).toEqual({ true: 100, confidence: null });
    expect(item?.answers['Broad imitation']?.metrics).toEqual({ true: 0, confidence: 80 });
    expect(item?.labels?.map(({ model, quote, label, source }) => [model, quote, label, source])).toEqual([
      ['Teacher', 'Bonaburg lies in Mebia.', 'correct', 'truth'],
      ['Broad imitation', 'Bonaburg lies in Mebia.', 'incorrect', 'truth'],
      ['Broad imitation', 'Hello!', 'ambiguous', 'truth'],
    ]);
  });

  test('name size and data where two models are of one kind', () => {
    const models = [{ model: 'broad', budget: 'smallest' }, { model: 'broad' }] as const;
    expect(studyComparison({ answers }, { models, title: 'Mine' })).toMatchObject({
      title: 'Mine',
      answers: [
        { label: 'Broad imitation of 600 k parameters and 6 k tokens' },
        { label: 'Broad imitation of 600 k parameters and 96 k tokens' },
      ],
    });
  });

  test('of several seeds are apart, and of one alone where it is asked for', () => {
    const both = [...answers, ...answers.map(each => ({ ...each, seed: 8 }))];
    expect(studyComparison({ answers: both }).items.map(({ promptId }) => promptId)).toEqual([
      '7/p1',
      '8/p1',
    ]);
    expect(studyComparison({ answers: both }).items[1]?.tags).toContain('seed: 8');
    expect(studyComparison({ answers: both }, { seed: 8 }).items).toHaveLength(1);
    expect(() => studyComparison({ answers: both }, { seed: 9 })).toThrow(
      'those of seed 9 are required, got those of 7, 8',
    );
    expect(() => studyComparison({ answers }, { models: [{ model: 'facts' }] })).toThrow(
      'those of facts are required, got those of teacher, broad, base',
    );
  });
});

describe('answers about facts side by side', () => {
  const fact = (given: Partial<FactAnswer>): FactAnswer => ({
    promptId: 'city-1/country',
    question: 'In which country does Bonaburg lie?',
    kind: 'city',
    relation: 'country',
    rank: 1,
    reference: 'Mebia',
    model: 'broad',
    size: 600_000,
    budget: 96_000,
    seed: 7,
    text: 'Well. It lies in Mebia. Bye.',
    correct: true,
    stated: true,
    confidence: 0.95,
    ...given,
  });
  const base = {
    model: 'base',
    budget: null,
    text: 'Livia',
    correct: false,
    stated: false,
    confidence: 0.2,
  } as const;

  test('are labelled where they answer, or where they should', () => {
    const { items } = factsComparison({ facts: [fact({}), fact(base)] });
    expect(items).toHaveLength(1);
    expect(items[0]?.labels?.map(({ model, quote, label }) => [model, quote, label])).toEqual([
      ['Broad imitation', 'It lies in Mebia.', 'correct'],
      ['Base model', 'Livia', 'incorrect'],
    ]);
    expect(items[0]?.tags).toContain('reference: Mebia');
  });

  test('are thirds by how often the corpus states the fact', () => {
    const facts = [1, 2, 3, 4, 5, 6].flatMap(rank => [
      fact({ promptId: `${rank}`, rank }),
      fact({ ...base, promptId: `${rank}`, rank }),
    ]);
    const frequencies = factsComparison({ facts }).items.map(({ tags = [] }) =>
      tags.find(tag => tag.startsWith('frequency')),
    );
    expect(frequencies).toEqual([
      ...['frequency: frequent', 'frequency: frequent', 'frequency: medium'],
      ...['frequency: medium', 'frequency: rare', 'frequency: rare'],
    ]);
  });
});
