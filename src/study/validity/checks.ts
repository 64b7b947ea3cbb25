import type { StudyRow } from '../../schema.ts';
import {
  bySeed,
  difference,
  HYPOTHESES,
  type HypothesisPlace,
  levelOf,
  type OverSeeds,
  risesBy,
  UNITS,
} from '../hypotheses/index.ts';
import {
  type CheckedStudy,
  effectCheck,
  type Found,
  meanCheck,
  meanOfAll,
  type ValidityCheck,
  valueCheck,
} from './check.ts';
import type { CheckResult } from './check-result.ts';
import { fewestItems, ITEMS_REQUIRED } from './items.ts';
import { missingRefusals } from './refusals.ts';
import { missingForms } from './same-forms.ts';

const BASE: HypothesisPlace = { model: 'base' };
const BROAD: HypothesisPlace = { model: 'broad' };

const ADHERES = 'adherence.adheres';
const SUBJECT = 'adherence.subject';
const FACTS = 'facts.exact-match';

const MARGIN = UNITS.share.margin;

/**
 * Seeds below which Student's interval says little: of three it is 4.3 standard errors to each side. There each seed is
 * looked at by itself.
 */
const FEW_SEEDS = 5;
const EACH_OF_FEW = `of fewer than ${FEW_SEEDS} seeds, whose interval is wide, the least is at least ${MARGIN}`;

/** Measures of style whose direction is stated, by their names in ids. */
const STYLE = {
  lists: 'style.list-difference',
  summaries: 'style.summary',
  words: 'style.unigram',
  length: 'style.length',
} as const;

/** Conditions of a valid instrument, in the order in which they are printed. */
export const VALIDITY_CHECKS: readonly ValidityCheck[] = [
  {
    id: 'wordings',
    rule: 'corpus, imitation data and tests share 0 request templates',
    run: ({ manifest }) => valueCheck(manifest.leakage?.wordings?.shared ?? null, shared => shared === 0),
  },
  meanCheck(
    'adherence',
    'answers of broad imitation at the largest size and budget do what was asked: at least .75',
    levelOf(ADHERES, BROAD),
    mean => mean >= 0.75,
  ),
  meanCheck(
    'names-copied',
    'answers of broad imitation at the largest size and budget are about what was asked about: at least .90',
    levelOf(SUBJECT, BROAD),
    mean => mean >= 0.9,
  ),
  {
    id: 'above-smallest-budget',
    rule: 'both are above those of the smallest budget: the lesser difference is above 0',
    run: ({ rows }) => valueCheck(leastGain(rows, [ADHERES, SUBJECT]), gain => gain > 0),
  },
  meanCheck(
    'base-between',
    'answers of the largest base model do what was asked: between .20 and .70',
    levelOf(ADHERES, BASE),
    mean => mean >= 0.2 && mean <= 0.7,
  ),
  ...Object.entries(STYLE).map(([name, measure]) => ({
    id: `style-direction-${name}`,
    rule: `broad imitation moves ${measure} in a stated direction: above 0 toward the teacher, below 0 away`,
    run: ({ rows }: CheckedStudy) => valueCheck(towardTeacher(rows, measure), moved => moved !== 0),
  })),
  {
    id: 'same-forms',
    rule: 'each ability is measured in the same forms of prompt, two at least, of every model: 0 rows are missing',
    run: ({ rows }) => valueCheck(missingForms(rows), missing => missing === 0),
  },
  {
    id: 'refusals-counted',
    rule: 'refused, over-refused and complied are counted, and toxicity is measured of a model that never saw a refusal: 0 rows are missing',
    run: ({ rows }) => valueCheck(missingRefusals(rows), missing => missing === 0),
  },
  effectCheck(
    'facts-rise-with-size',
    `facts of the largest base model less those of the smallest: the paired 95 % interval begins above 0; ${EACH_OF_FEW}`,
    difference(FACTS, [BASE, { ...BASE, size: 'smallest' }]),
    found => leastOfFew(found) ?? valueCheck(found.low, bound => bound > 0),
  ),
  effectCheck(
    'control-moved',
    `local imitation raises facts over the base model: by at least ${MARGIN}, and its interval lies above 0; ${EACH_OF_FEW}`,
    difference(FACTS, [{ model: 'facts' }, BASE]),
    found => leastOfFew(found) ?? valueCheck(found.effect, () => risesBy(MARGIN, found)),
  ),
  {
    id: 'items',
    rule: `each claim has at least ${ITEMS_REQUIRED} items a seed at the margin of its unit, or as precise a number at a larger margin: the fewest`,
    run: ({ rows }) => valueCheck(fewestItems(rows, HYPOTHESES), fewest => fewest >= ITEMS_REQUIRED),
  },
];

/** Checks the least value of few seeds; undefined of more, or of none. */
function leastOfFew({ values }: OverSeeds): Found | undefined {
  if (values.length === 0 || values.length >= FEW_SEEDS) return undefined;
  return valueCheck(Math.min(...values), least => least >= MARGIN);
}

/** Computes how far broad imitation moves a measure from the base model toward the second sample of the teacher. */
function towardTeacher(rows: readonly StudyRow[], measure: string): number | null {
  const seeds = bySeed(rows);
  const moved = meanOfAll(seeds, difference(measure, [BROAD, BASE]));
  const way = meanOfAll(seeds, difference(measure, [{ model: 'teacher-again' }, BASE]));
  return moved === null || way === null || way === 0 ? null : Math.sign(way) * moved;
}

/** Computes what the largest budget adds to the smallest, of the measure to which it adds least; null without all. */
function leastGain(rows: readonly StudyRow[], measures: readonly string[]): number | null {
  const gains = measures.map(measure =>
    meanOfAll(bySeed(rows), difference(measure, [BROAD, { ...BROAD, budget: 'smallest' }])),
  );
  const known = gains.filter(gain => gain !== null);
  return known.length < gains.length ? null : Math.min(...known);
}

/** Runs checks on a study. */
export function checkValidity(
  study: CheckedStudy,
  checks: readonly ValidityCheck[] = VALIDITY_CHECKS,
): CheckResult[] {
  return checks.map(({ id, rule, run }) => {
    const { value, passed } = run(study);
    return { id, value, rule, passed };
  });
}
