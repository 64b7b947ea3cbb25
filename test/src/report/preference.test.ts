import { expect, test } from 'vitest';
import { preferenceSection } from '../../../src/report/preference.ts';
import type { Generation, Rating } from '../../../src/schema.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const answer = (promptId: string, model: string, text: string): Generation => ({
  promptId,
  model,
  text,
  finish: 'stop',
  evidence: 'public',
});
const ids = Array.from({ length: 60 }, (_, i) => String(i));
const rating = (promptId: string, choice: Rating['choice'], more: Partial<Rating> = {}): Rating => ({
  promptId,
  annotator: 'ann',
  left: 'student',
  right: 'teacher',
  choice,
  contentHash: '',
  at: '',
  ...more,
});
const section = (studentWords: (i: number) => number, ratings: readonly Rating[]) =>
  preferenceSection(
    { reviews: [], ratings, evidence: 'public' },
    {
      teacher: 'teacher',
      students: ['student'],
      answers: ids.flatMap((id, i) => [
        answer(id, 'teacher', words(20)),
        answer(id, 'student', words(studentWords(i))),
      ]),
    },
  ).students.student;

test('a student that always writes twice as long is not identified at equal style', () => {
  const ratings = ids.map((id, i) => rating(id, i % 3 === 0 ? 'right' : 'left'));
  const { styleControl } = section(() => 40, ratings) ?? {};
  expect(styleControl?.raw.value).toBeGreaterThan(0.6);
  expect(styleControl?.identified).toBe(false);
});

test('where the longer answer wins, the preference at equal style falls', () => {
  // Nine tenths of its answers are the longer ones, and the longer one wins always but once in ten.
  const longer = (i: number) => i % 5 !== 0;
  const ratings = ids.map((id, i) => rating(id, longer(i) !== (i % 10 === 7) ? 'left' : 'right'));
  const { styleControl } = section(i => (longer(i) ? 40 : 10), ratings) ?? {};
  expect(styleControl?.identified).toBe(true);
  expect(styleControl?.controlled?.value ?? 1).toBeLessThan((styleControl?.raw.value ?? 0) - 0.1);
});

test('judgements of other pairs, texts and prompts are left out and counted', () => {
  const ratings = [
    rating('0', 'left'),
    rating('1', 'left', { right: 'somebody' }),
    rating('2', 'left', { contentHash: 'of-other-texts' }),
    rating('unknown', 'left'),
  ];
  const made = preferenceSection(
    { reviews: [], ratings, evidence: 'public' },
    {
      teacher: 'teacher',
      students: ['student'],
      answers: ids.flatMap(id => [answer(id, 'teacher', 'a b'), answer(id, 'student', 'c d')]),
    },
  );
  expect(made.leftOut).toEqual({ otherAnswers: 1, otherTexts: 1, otherPrompts: 1 });
  expect(made.students.student?.people).toMatchObject({ n: 1, wins: 1 });
});
