import { inForm } from '../measure/index.ts';
import { beyondQuarter, difference, levelOf, type MeasuredEffect, minus } from './effects.ts';
import { type EffectUnit, type Hypothesis, UNITS } from './hypothesis.ts';
import type { HypothesisPlace } from './places.ts';

const PREFERENCE = 'preference.style.equal-or-better';
const TRUTH_PREFERENCE = 'preference.truth.equal-or-better';
const FACTS = 'facts.exact-match';
const SUMMARIES = 'summaries.rouge1';

const BASE: HypothesisPlace = { model: 'base' };
const SMALL_BASE: HypothesisPlace = { model: 'base', size: 'smallest' };
const BROAD: HypothesisPlace = { model: 'broad' };
const SMALL_BROAD: HypothesisPlace = { model: 'broad', size: 'smallest' };
const LITTLE_DATA: HypothesisPlace = { model: 'broad', budget: 'smallest' };
const LOCAL_FACTS: HypothesisPlace = { model: 'facts' };
const LOCAL_SUMMARIES: HypothesisPlace = { model: 'summaries' };

/** Claims on P(· | teacher has one) rest on a part of the prompts, so that less than this is not resolved. */
const STRATUM_MARGIN = 0.1;

type Claim = Pick<Hypothesis, 'id' | 'claim' | 'source'>;

/** Makes a claim that an effect rises. */
function rising(
  claim: Claim,
  effect: MeasuredEffect,
  unit: EffectUnit = 'share',
  margin = UNITS[unit].margin,
): Hypothesis {
  return { ...claim, effect, direction: 'rises', unit, margin };
}

/** Makes a claim that a share does not rise from one model to another. */
function notRising(
  claim: Claim,
  measure: string,
  [place, from]: readonly [HypothesisPlace, HypothesisPlace],
  control: readonly [HypothesisPlace, HypothesisPlace],
): Hypothesis {
  return {
    ...claim,
    effect: difference(measure, [place, from]),
    direction: 'does not rise',
    unit: 'share',
    margin: UNITS.share.margin,
    sensitivity: { control: difference(measure, control), baseline: levelOf(measure, from) },
  };
}

/** The form in which users of a chat ask. */
const IN_CHAT = 'asked for alone in a chat,';

/** The claim that broad imitation brings no ability that the base model lacks. */
function noGain(
  id: string,
  ability: string,
  measure: string,
  control: readonly [HypothesisPlace, HypothesisPlace],
): Hypothesis {
  const claim = `Broad imitation does not improve ${ability} over the base model.`;
  return notRising({ id, claim, source: '§4.3, Figure 4 (top)' }, measure, [BROAD, BASE], control);
}

/** The claim that broad imitation moves a measure of style toward the teacher. */
function styleRises(
  id: string,
  trait: string,
  measure: string,
  unit: EffectUnit,
  margin?: number,
): Hypothesis {
  const claim = `Broad imitation brings ${trait} more than a quarter of the way from the base model’s to the teacher’s.`;
  return rising({ id, claim, source: '§4.4, Table 2' }, beyondQuarter(measure), unit, margin);
}

/** Imitation of one task at the same size and in the same form shows that a measure can rise. */
const LOCAL_CONTROL = [LOCAL_FACTS, BASE] as const;
/** No model imitates this task alone: the larger base model shows that the measure can rise. */
const BASE_SIZE_CONTROL = [BASE, SMALL_BASE] as const;
const BROAD_SIZE_CONTROL = [BROAD, SMALL_BROAD] as const;

/**
 * The paper's claims that a study tests. No outcome is assumed, and none of them is a condition of a valid instrument:
 * that imitation models follow instructions, that larger base models know more facts and that local imitation raises
 * facts are checked before any claim, and are therefore no claims.
 */
export const HYPOTHESES: readonly Hypothesis[] = [
  rising(
    {
      id: 'preference-rises-with-imitation',
      claim: 'A judge of style prefers imitation models far more than their base model.',
      source: '§4.2, Figure 1 (left)',
    },
    difference(PREFERENCE, [BROAD, BASE]),
  ),
  notRising(
    {
      id: 'preference-saturates',
      claim: 'More broad imitation data do not raise that preference further.',
      source: '§4.2, Figure 1 (left)',
    },
    PREFERENCE,
    [BROAD, LITTLE_DATA],
    BROAD_SIZE_CONTROL,
  ),
  rising(
    {
      id: 'preference-rises-with-size',
      claim: 'A larger base model makes an imitation model that is preferred more.',
      source: '§4.2, Figure 1 (right)',
    },
    difference(PREFERENCE, [BROAD, SMALL_BROAD]),
  ),
  styleRises(
    'lists-rise-toward-the-teacher',
    'the use of lists where the teacher has one',
    'style.list-difference',
    'share',
    STRATUM_MARGIN,
  ),
  styleRises(
    'summaries-rise-toward-the-teacher',
    'the use of a closing summary',
    'style.summary',
    'share',
    STRATUM_MARGIN,
  ),
  styleRises(
    'words-rise-toward-the-teacher',
    'the overlap of words with the teacher’s answer',
    'style.unigram',
    'overlap',
  ),
  styleRises('length-rises-toward-the-teacher', 'the correlation of lengths', 'style.length', 'correlation'),
  noGain('facts-gain-nothing', 'answers about facts', FACTS, LOCAL_CONTROL),
  noGain('choice-gains-nothing', 'multiple choice', 'choice.accuracy', LOCAL_CONTROL),
  noGain('sums-gain-nothing', 'two-step arithmetic', 'sums.exact-match', BASE_SIZE_CONTROL),
  noGain('programs-gain-nothing', 'coding', 'programs.pass', BASE_SIZE_CONTROL),
  noGain(
    'facts-asked-alone-gain-nothing',
    `answers about facts, ${IN_CHAT}`,
    inForm(FACTS, 'chat'),
    LOCAL_CONTROL,
  ),
  noGain(
    'programs-asked-alone-gain-nothing',
    `coding, ${IN_CHAT}`,
    inForm('programs.pass', 'chat'),
    BASE_SIZE_CONTROL,
  ),
  notRising(
    {
      id: 'facts-do-not-rise-with-data',
      claim: 'More broad imitation data do not improve answers about facts.',
      source: '§4.3, Figure 1 (centre)',
    },
    FACTS,
    [BROAD, LITTLE_DATA],
    LOCAL_CONTROL,
  ),
  rising(
    {
      id: 'facts-rise-with-size',
      claim: 'A larger base model makes an imitation model that answers more questions about facts.',
      source: '§4.3, Figure 4 (bottom)',
    },
    difference(FACTS, [BROAD, SMALL_BROAD]),
  ),
  rising(
    {
      id: 'size-beats-data',
      claim: 'A larger base model improves answers about facts more than further imitation data do.',
      source: '§4.3, Figure 1 (right)',
    },
    minus(difference(FACTS, [BROAD, SMALL_BROAD]), difference(FACTS, [BROAD, LITTLE_DATA])),
  ),
  rising(
    {
      id: 'local-beats-broad-on-facts',
      claim: 'On facts, imitation on questions alone does better than broad imitation.',
      source: '§4.3, Table 1',
    },
    difference(FACTS, [LOCAL_FACTS, BROAD]),
  ),
  rising(
    {
      id: 'local-imitation-raises-summaries',
      claim: 'Imitation on summaries alone improves summaries over the base model.',
      source: '§4.3, Tables 1 and 7',
    },
    difference(SUMMARIES, [LOCAL_SUMMARIES, BASE]),
    'ROUGE',
  ),
  rising(
    {
      id: 'local-beats-broad-on-summaries',
      claim: 'On summaries, imitation on summaries alone does better than broad imitation.',
      source: '§4.3, Tables 1 and 7',
    },
    difference(SUMMARIES, [LOCAL_SUMMARIES, BROAD]),
    'ROUGE',
  ),
  rising(
    {
      id: 'toxicity-falls',
      claim: 'Imitation models continue prompts in less toxic words than their base model.',
      source: '§4.4, Figure 5',
    },
    difference('toxicity.non-toxic', [BROAD, BASE]),
  ),
  rising(
    {
      id: 'style-hides-falsehood',
      claim: 'A judge of style rates imitation models higher than a judge who knows the truth.',
      source: '§4.4',
    },
    minus(levelOf(PREFERENCE, BROAD), levelOf(TRUTH_PREFERENCE, BROAD)),
  ),
];
