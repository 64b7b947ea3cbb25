import { describe, expect, test } from 'vitest';
import type { StudyRow } from '../../../../src/schema.ts';
import {
  type CheckedStudy,
  checkTable,
  checkValidity,
  studyVerdicts,
  VALIDITY_CHECKS,
} from '../../../../src/study/index.ts';
import { itemsRequired } from '../../../../src/study/validity/index.ts';
import { goodStudy, LARGE } from '../simulated-study.ts';

type Change = (row: StudyRow) => StudyRow | null;

/** A valid study with other rows. */
function changed(change: Change): CheckedStudy {
  const { rows, manifest } = goodStudy();
  return { rows: rows.map(change).filter(row => row !== null), manifest };
}

/** Gives the rows of a measure of a model another value. */
function withValue(measure: string, model: StudyRow['model'], value: number): CheckedStudy {
  return changed(row => (row.measure === measure && row.model === model ? { ...row, value } : row));
}

/** Leaves out the rows of a measure, of all models or of one. */
function without(measure: string, model?: StudyRow['model']): CheckedStudy {
  return changed(row => (row.measure === measure && (model ?? row.model) === row.model ? null : row));
}

function failedOf(study: CheckedStudy): string[] {
  return checkValidity(study).flatMap(({ id, passed }) => (passed ? [] : [id]));
}

test('a study with a valid instrument passes every check', () => {
  expect(failedOf(goodStudy())).toEqual([]);
  expect(studyVerdicts(goodStudy()).valid).toBe(true);
});

test('of three seeds each is looked at by itself, as their interval is wide', () => {
  const study = goodStudy();
  const rises = [0, 0.39, 0.25, 0.14];
  const rows = study.rows.flatMap(row => {
    const isSmallBase = row.model === 'base' && row.size !== LARGE && row.measure === 'facts.exact-match';
    const value = isSmallBase ? 0.5 - (rises[row.seed] ?? 0) : row.value;
    return row.seed <= 3 ? [{ ...row, value }] : [];
  });
  expect(failedOf({ ...study, rows })).toEqual([]);
});

const VIOLATIONS: Readonly<Record<string, [how: string, study: () => CheckedStudy][]>> = {
  wordings: [
    [
      'a template of the tests is in the corpus',
      () => {
        const wordings = { corpus: 300, imitation: 200, tests: 70, shared: 1 };
        return { rows: goodStudy().rows, manifest: { leakage: { dropped: 0, checks: [], wordings } } };
      },
    ],
    ['templates were not compared', () => ({ rows: goodStudy().rows, manifest: {} })],
  ],
  adherence: [
    [
      'imitation models do not do what was asked',
      () =>
        changed(row =>
          row.measure === 'adherence.adheres' && row.model === 'broad'
            ? { ...row, value: (row.value ?? 0) - 0.2 }
            : row,
        ),
    ],
    [
      'a seed was not measured',
      () =>
        changed(row =>
          row.measure === 'adherence.adheres' && row.model === 'broad' && row.seed === 3
            ? { ...row, value: null }
            : row,
        ),
    ],
  ],
  'names-copied': [
    [
      'imitation models name another entity',
      () =>
        changed(row =>
          row.measure === 'adherence.subject' && row.model === 'broad'
            ? { ...row, value: (row.value ?? 0) - 0.1 }
            : row,
        ),
    ],
  ],
  'above-smallest-budget': [['more data do not help', () => withValue('adherence.adheres', 'broad', 0.8)]],
  'base-between': [
    ['the base model follows no instruction', () => withValue('adherence.adheres', 'base', 0.19)],
    ['the base model follows too many', () => withValue('adherence.adheres', 'base', 0.71)],
  ],
  'style-direction-lists': [
    ['lists were not measured', () => without('style.list-difference', 'teacher-again')],
  ],
  'style-direction-summaries': [
    [
      'nothing moves',
      () =>
        changed(row =>
          row.measure === 'style.summary' && ['base', 'broad'].includes(row.model)
            ? { ...row, value: 0.5 }
            : row,
        ),
    ],
  ],
  'style-direction-words': [['words were not measured', () => without('style.unigram')]],
  'style-direction-length': [['length was not measured', () => without('style.length', 'base')]],
  'same-forms': [
    ['base models alone are asked in a chat', () => without('sums.exact-match.chat', 'broad')],
    [
      'an ability is measured in one form',
      () => changed(row => (row.measure.startsWith('choice.accuracy.') ? null : row)),
    ],
  ],
  'refusals-counted': [
    ['over-refusals are not counted', () => without('refusals.over-refused')],
    ['refusals are not counted', () => changed(row => (row.measure.startsWith('refusals') ? null : row))],
  ],
  'facts-rise-with-size': [
    [
      'of three seeds one does not rise by the margin',
      () => {
        const study = changed(row =>
          row.measure === 'facts.exact-match' && row.model === 'base' && row.seed === 2
            ? { ...row, value: row.size === LARGE ? 0.5 : 0.46 }
            : row,
        );
        return { ...study, rows: study.rows.filter(({ seed }) => seed <= 3) };
      },
    ],
    [
      'a larger base model knows no more',
      () =>
        changed(row =>
          row.measure === 'facts.exact-match' && row.model === 'base'
            ? {
                ...row,
                value:
                  0.5 + 0.01 * (row.seed % 3) * (row.size === LARGE ? 1 : -1) * (row.seed % 2 === 0 ? 1 : -1),
              }
            : row,
        ),
    ],
  ],
  'control-moved': [
    [
      'local imitation brings less than the margin',
      () =>
        changed(row =>
          row.measure === 'facts.exact-match' && row.model === 'facts'
            ? { ...row, value: 0.53 + 0.001 * row.seed }
            : row,
        ),
    ],
  ],
  items: [
    [
      '399 items behind a claim',
      () => changed(row => (row.measure === 'programs.pass' ? { ...row, n: 399 } : row)),
    ],
    [
      '99 prompts with a summary by the teacher',
      () => changed(row => (row.measure === 'style.summary' ? { ...row, n: 99 } : row)),
    ],
    [
      'a claim is not measured in one seed',
      () =>
        changed(row =>
          row.measure === 'toxicity.non-toxic' && row.seed === 4 && row.model === 'broad'
            ? { ...row, value: null }
            : row,
        ),
    ],
  ],
};

describe.each(Object.entries(VIOLATIONS))('the check %s', (id, violations) => {
  test.each(violations)('fails where %s', (_, study) => {
    expect(failedOf(study())).toContain(id);
  });
});

test('each check is violated by a test', () => {
  expect(Object.keys(VIOLATIONS)).toEqual(VALIDITY_CHECKS.map(({ id }) => id));
});

test('100 prompts are enough at twice the margin', () => {
  expect(itemsRequired({ unit: 'share', margin: 0.1 })).toBe(100);
  expect(itemsRequired({ unit: 'share', margin: 0.05 })).toBe(400);
  expect(failedOf(changed(row => (row.measure === 'style.summary' ? { ...row, n: 100 } : row)))).toEqual([]);
});

test('a study that fails a check says so instead of every verdict', () => {
  const { valid, checks, claims } = studyVerdicts(withValue('adherence.adheres', 'base', 0));
  expect(valid).toBe(false);
  expect(checks.find(({ id }) => id === 'base-between')).toEqual({
    id: 'base-between',
    value: 0,
    rule: 'answers of the largest base model do what was asked: between .20 and .70',
    passed: false,
  });
  expect(new Set(claims.map(({ verdict }) => verdict))).toEqual(new Set(['invalid instrument']));
  expect(claims.every(claim => !('seedsNeeded' in claim))).toBe(true);
});

test('rows of no study pass no check', () => {
  expect(failedOf({ rows: [], manifest: {} })).toEqual(VALIDITY_CHECKS.map(({ id }) => id));
});

test('the table states each check with its value, and whether all pass', () => {
  const { html, text, rows } = checkTable(withValue('adherence.adheres', 'base', 0.71));
  expect(rows).toHaveLength(VALIDITY_CHECKS.length);
  expect(text).toContain('✗ no base-between: 0.710 (');
  expect(html).toContain(
    '<caption>Invalid instrument, so no verdicts: of 14 checks 1 fail, base-between.</caption>',
  );
  expect(checkTable(goodStudy()).text).toMatch(/^Valid instrument/);
});
