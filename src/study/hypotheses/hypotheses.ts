import type { StudyRow } from '../../schema.ts';
import { contrast, type HypothesisEffect, type HypothesisPlace, less, placeText, valueAt } from './places.ts';
import type { Direction } from './verdict.ts';

/** A claim of the paper, as an effect that a study measures. */
export interface Hypothesis {
  id: string;
  claim: string;
  /** Place of the claim in the paper. */
  source: string;
  /** The effect in words; at the largest size and budget unless it says otherwise. */
  measures: string;
  direction: Direction;
  /** Unit of the effect: a difference of shares, one of ROUGE in percent, or a part of a way. */
  unit: 'share' | 'ROUGE' | 'part';
  /** The least effect that matters, in its unit. */
  margin: number;
  /** The effect by the rows of one seed; null where they do not determine it. */
  effect(rows: readonly StudyRow[]): HypothesisEffect | null;
}

type Claim = Pick<Hypothesis, 'id' | 'claim' | 'source' | 'direction'>;

type Scale = Pick<Hypothesis, 'unit' | 'margin'>;

/** The least difference of shares that matters. */
const SHARE: Scale = { unit: 'share', margin: 0.05 };
/** The least difference of ROUGE that matters, in percent. */
const ROUGE: Scale = { unit: 'ROUGE', margin: 1 };
/** The least part of the way to the teacher's style that matters. */
const PART: Scale = { unit: 'part', margin: 0.25 };

const PREFERENCE = 'preference.style.equal-or-better';
const TRUTH_PREFERENCE = 'preference.truth.equal-or-better';
const FACTS = 'facts.exact-match';

const BASE: HypothesisPlace = { model: 'base' };
const SMALL_BASE: HypothesisPlace = { model: 'base', size: 'smallest' };
const BROAD: HypothesisPlace = { model: 'broad' };
const SMALL_BROAD: HypothesisPlace = { model: 'broad', size: 'smallest' };
const LITTLE_DATA: HypothesisPlace = { model: 'broad', budget: 'smallest' };
const LOCAL_FACTS: HypothesisPlace = { model: 'facts' };
const LOCAL_SUMMARIES: HypothesisPlace = { model: 'summaries' };
const AGAIN: HypothesisPlace = { model: 'teacher-again' };

/** A claim about how much higher a measure is in one place than in another. */
function difference(
  claim: Claim,
  measure: string,
  [place, from]: readonly [HypothesisPlace, HypothesisPlace],
  scale = SHARE,
): Hypothesis {
  return {
    ...claim,
    measures: `${measure}: ${placeText(place)} − ${placeText(from)}`,
    ...scale,
    effect: rows => contrast(rows, measure, place, from),
  };
}

/** The claim that broad imitation brings no ability that the base model lacks. */
function noGain(id: string, ability: string, measure: string): Hypothesis {
  const claim = `Broad imitation does not improve ${ability} over the base model.`;
  const source = '§4.3, Figure 4 (top)';
  return difference({ id, claim, source, direction: 'does not rise' }, measure, [BROAD, BASE]);
}

/** The paper's claims that a study can test. No outcome is assumed. */
export const HYPOTHESES: readonly Hypothesis[] = [
  difference(
    {
      id: 'preference-rises-with-imitation',
      claim: 'A judge of style prefers imitation models far more than their base model.',
      source: '§4.2, Figure 1 (left)',
      direction: 'rises',
    },
    PREFERENCE,
    [BROAD, BASE],
  ),
  difference(
    {
      id: 'preference-saturates',
      claim: 'More broad imitation data do not raise that preference further.',
      source: '§4.2, Figure 1 (left)',
      direction: 'does not rise',
    },
    PREFERENCE,
    [BROAD, LITTLE_DATA],
  ),
  difference(
    {
      id: 'preference-rises-with-size',
      claim: 'A larger base model makes an imitation model that is preferred more.',
      source: '§4.2, Figure 1 (right)',
      direction: 'rises',
    },
    PREFERENCE,
    [BROAD, SMALL_BROAD],
  ),
  {
    id: 'style-rises-toward-the-teacher',
    claim: 'Broad imitation brings a model’s style towards a second sample of the teacher.',
    source: '§4.4, Table 2',
    measures:
      'part of the way from base to the second teacher sample, over lists, summaries, unigram overlap and length',
    direction: 'rises',
    ...PART,
    effect: wayToTheTeacher,
  },
  noGain('facts-gain-nothing', 'answers about facts', FACTS),
  noGain('choice-gains-nothing', 'multiple choice', 'choice.accuracy'),
  noGain('sums-gain-nothing', 'two-step arithmetic', 'sums.exact-match'),
  noGain('programs-gain-nothing', 'coding', 'programs.pass'),
  difference(
    {
      id: 'facts-do-not-rise-with-data',
      claim: 'More broad imitation data do not improve answers about facts.',
      source: '§4.3, Figure 1 (centre)',
      direction: 'does not rise',
    },
    FACTS,
    [BROAD, LITTLE_DATA],
  ),
  difference(
    {
      id: 'facts-rise-with-size',
      claim: 'Larger base models know more facts.',
      source: '§4.3, Figure 4 (bottom)',
      direction: 'rises',
    },
    FACTS,
    [BASE, SMALL_BASE],
  ),
  {
    id: 'size-beats-data',
    claim: 'A larger base model improves answers about facts more than further imitation data do.',
    source: '§4.3, Figure 1 (right)',
    measures: `${FACTS} of broad: gain from smallest to largest size − gain from smallest to largest budget`,
    direction: 'rises',
    ...SHARE,
    effect: rows =>
      less(contrast(rows, FACTS, BROAD, SMALL_BROAD), contrast(rows, FACTS, BROAD, LITTLE_DATA)),
  },
  difference(
    {
      id: 'local-imitation-raises-facts',
      claim: 'Imitation on questions alone improves answers about facts over the base model.',
      source: '§4.3, Table 1',
      direction: 'rises',
    },
    FACTS,
    [LOCAL_FACTS, BASE],
  ),
  difference(
    {
      id: 'local-beats-broad-on-facts',
      claim: 'On facts, imitation on questions alone does better than broad imitation.',
      source: '§4.3, Table 1',
      direction: 'rises',
    },
    FACTS,
    [LOCAL_FACTS, BROAD],
  ),
  difference(
    {
      id: 'local-imitation-raises-summaries',
      claim: 'Imitation on summaries alone improves summaries over the base model.',
      source: '§4.3, Tables 1 and 7',
      direction: 'rises',
    },
    'summaries.rouge1',
    [LOCAL_SUMMARIES, BASE],
    ROUGE,
  ),
  difference(
    {
      id: 'toxicity-falls',
      claim: 'Imitation models continue prompts in less toxic words than their base model.',
      source: '§4.4, Figure 5',
      direction: 'rises',
    },
    'toxicity.non-toxic',
    [BROAD, BASE],
  ),
  {
    id: 'style-hides-falsehood',
    claim: 'A judge of style rates imitation models higher than a judge who knows the truth.',
    source: '§4.4',
    measures: `broad: ${PREFERENCE} − ${TRUTH_PREFERENCE}`,
    direction: 'rises',
    ...SHARE,
    effect: rows => less(valueAt(rows, PREFERENCE, BROAD), valueAt(rows, TRUTH_PREFERENCE, BROAD)),
  },
];

/** Table 2's measures, by the factor that puts them on a scale from 0 to 1. */
const STYLE = { 'style.list': 1, 'style.summary': 1, 'style.unigram': 0.01, 'style.length': 1 };

/** Measures the part of the way from the base model to the second teacher sample, over all measures. */
function wayToTheTeacher(rows: readonly StudyRow[]): HypothesisEffect | null {
  let [gone, whole, n] = [0, 0, Number.POSITIVE_INFINITY];
  for (const [measure, scale] of Object.entries(STYLE)) {
    const come = contrast(rows, measure, BROAD, BASE);
    const all = contrast(rows, measure, AGAIN, BASE);
    if (come === null || all === null) continue;
    gone += scale * come.value;
    whole += scale * all.value;
    n = Math.min(n, come.n, all.n);
  }
  return whole > 0 ? { value: gone / whole, n } : null;
}
