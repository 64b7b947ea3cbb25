import type { StudyRow } from '../../../src/schema.ts';
import type { CheckedStudy } from '../../../src/study/index.ts';
import { ABILITY_MEASURES, FORMS, inForm } from '../../../src/study/measure/index.ts';
import { studyRow } from '../figure/study-rows.ts';

/** A model of the simulated studies. */
export type SimulatedModel = Pick<StudyRow, 'model' | 'size' | 'budget'>;

export const SMALL = 20_000;
export const LARGE = 80_000;
const FEW = 60_000;
const MANY = 1_000_000;

/** The models that claims and checks compare. */
export const MODELS: readonly SimulatedModel[] = [
  { model: 'teacher-again', size: null, budget: null },
  { model: 'base', size: SMALL, budget: null },
  { model: 'base', size: LARGE, budget: null },
  { model: 'broad', size: SMALL, budget: MANY },
  { model: 'broad', size: LARGE, budget: FEW },
  { model: 'broad', size: LARGE, budget: MANY },
  { model: 'mix', size: LARGE, budget: MANY },
  { model: 'facts', size: LARGE, budget: 4000 },
  { model: 'summaries', size: LARGE, budget: 14_000 },
];

/** The measures of claims. */
export const CLAIMED = [
  'preference.style.equal-or-better',
  'preference.truth.equal-or-better',
  'style.list-difference',
  'style.summary',
  'style.unigram',
  'style.length',
  ...ABILITY_MEASURES,
  'facts.exact-match.chat',
  'programs.pass.chat',
] as const;

/** The measures that checks read besides. */
const CHECKED = [
  'adherence.adheres',
  'adherence.subject',
  'refusals.refused',
  'refusals.over-refused',
  'refusals.complied',
  ...ABILITY_MEASURES.flatMap(name => FORMS.map(form => inForm(name, form))),
];

export const MEASURES: readonly string[] = [...new Set<string>([...CLAIMED, ...CHECKED])];

/** Makes rows of some seeds with the values of a function. */
export function simulatedRows(
  seeds: number,
  of: (model: SimulatedModel, measure: string, seed: number) => number,
  measures: readonly string[] = CLAIMED,
): StudyRow[] {
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap(seed =>
    MODELS.flatMap(model =>
      measures.map(measure => studyRow({ ...model, measure, seed, value: of(model, measure, seed), n: 400 })),
    ),
  );
}

/** Whether a measure is in percent. */
export function isPercent(measure: string): boolean {
  return /rouge|unigram/.test(measure);
}

/** Values of a study whose instrument is valid, in shares, before a little that differs by seed. */
function goodValue({ model, size, budget }: SimulatedModel, measure: string): number {
  if (measure === 'adherence.adheres')
    return { base: 0.45, broad: budget === FEW ? 0.5 : 0.85 }[String(model)] ?? 0.9;
  if (measure === 'adherence.subject')
    return { base: 0.6, broad: budget === FEW ? 0.7 : 0.95 }[String(model)] ?? 0.9;
  if (measure.startsWith('style'))
    return { base: 0.1, broad: 0.6, 'teacher-again': 0.9 }[String(model)] ?? 0.3;
  const small = size === SMALL ? 0.3 : 0;
  return (model === 'facts' || model === 'summaries' ? 0.8 : 0.5) - small;
}

/** A study of ten seeds whose instrument is valid. */
export function goodStudy(): CheckedStudy {
  const rows = simulatedRows(
    10,
    (model, measure, seed) => {
      // Differs between models too: a difference has a spread.
      const noise = 0.01 * Math.sin(seed * (1 + MODELS.indexOf(model)));
      return (isPercent(measure) ? 100 : 1) * (goodValue(model, measure) + noise);
    },
    MEASURES,
  );
  const wordings = { corpus: 300, imitation: 200, tests: 70, shared: 0 };
  return { rows, manifest: { leakage: { dropped: 0, checks: [], wordings } } };
}
