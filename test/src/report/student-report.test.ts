import { describe, expect, test } from 'vitest';
import type { ReportRoles } from '../../../src/report/aligned.ts';
import { StudentMeter } from '../../../src/report/student-report.ts';
import { comparisonOf, madeAnswers } from './made-answers.ts';

const made = madeAnswers(60);
const shifted = <T>(values: readonly T[]): T[] => [...values.slice(1), ...values.slice(0, 1)];

/** Labels of a student beside the made teacher, base and, where it is wanted, the second sample. */
function concluded(student: readonly string[], { second = true, base = true, n = 60 } = {}) {
  const columns = {
    teacher: made.teacher,
    ...(base && { base: made.base }),
    ...(second && { secondTeacher: made.secondTeacher }),
    student,
  };
  const roles: ReportRoles = {
    teacher: 'teacher',
    base: base ? 'base' : undefined,
    secondTeacher: second ? 'secondTeacher' : undefined,
    students: ['student'],
  };
  const { items, ...comparison } = comparisonOf(columns);
  return new StudentMeter({ ...comparison, items: items.slice(0, n) }, roles, { resamples: 500 }).measure(
    'student',
  );
}

describe('a student', () => {
  test.each([true, false])(
    'with the teacher’s own answers is like the teacher (second sample: %s)',
    second => {
      expect(concluded(made.teacher, { second }).conclusion).toMatchObject({
        style: 'like-teacher',
        content: 'like-teacher',
        knowledge: 'not-measured',
      });
    },
  );

  test('with the base’s own answers is like the base', () => {
    const { conclusion, style } = concluded(made.base);
    expect(conclusion).toMatchObject({ style: 'like-base', content: 'like-base', knowledge: 'not-measured' });
    expect(style.placement?.position).toMatchObject({ value: 0, low: 0, high: 0, n: 60 });
  });

  test('that says no more than the base is undecided without a second sample, and says what is needed', () => {
    expect(concluded(made.base, { second: false }).conclusion.content).toBe('like-base');
    const shorter = made.base.map(text => text.replace(/ and \w+ /, ' '));
    const { conclusion } = concluded(shorter, { second: false });
    expect(conclusion.content).toBe('undecided');
    expect(conclusion.n_needed).toEqual({ content: null });
    expect(conclusion.reasons.content).toBe(
      'not above the base; a second sample of the teacher would place it',
    );
  });

  test.each([true, false])(
    'with the teacher’s answers to other prompts has its style alone (second sample: %s)',
    second => {
      expect(concluded(shifted(made.teacher), { second }).conclusion).toMatchObject({
        style: 'like-teacher',
        content: 'other',
        sentence: 'student sounds like its teacher, says something else; its knowledge was not measured.',
      });
    },
  );

  test('with the teacher’s answers to half of the prompts is between', () => {
    const half = made.teacher.map((text, i) => (i % 2 === 0 ? text : (made.base[i] ?? '')));
    const { conclusion, style } = concluded(half);
    expect(conclusion).toMatchObject({ style: 'between' });
    expect(style.placement?.position.value).toBeCloseTo(0.5, 0);
  });

  test('on twelve prompts is undecided', () => {
    const { conclusion } = concluded(made.teacher, { n: 12 });
    expect(conclusion).toMatchObject({ style: 'undecided', content: 'undecided', knowledge: 'not-measured' });
    expect(conclusion.reasons.style).toBe('at least 30 prompts are required, found 12');
    expect(conclusion.n_needed.style).toBeGreaterThanOrEqual(30);
  });

  test('without a base is not measured by its style', () => {
    expect(concluded(shifted(made.teacher), { base: false }).conclusion).toMatchObject({
      style: 'not-measured',
      content: 'other',
    });
    expect(concluded(made.secondTeacher, { base: false, second: false }).conclusion).toMatchObject({
      content: 'not-measured',
      reasons: { content: 'the base’s answers are required', style: 'the base’s answers are required' },
    });
  });
});
