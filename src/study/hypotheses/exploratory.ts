import { difference, type MeasuredEffect } from './effects.ts';
import type { EffectUnit } from './hypothesis.ts';
import type { HypothesisPlace } from './places.ts';

/** A question that a study explores: its effect is shown, with no verdict and no part in the correction. */
export interface ExploratoryQuestion {
  id: string;
  question: string;
  /** Place in the paper that leaves it open. */
  source: string;
  effect: MeasuredEffect;
  unit: EffectUnit;
}

const BASE: HypothesisPlace = { model: 'base' };
const BROAD: HypothesisPlace = { model: 'broad' };
const MIX: HypothesisPlace = { model: 'mix' };

const OPEN = '§4.3, an open problem';

/** Questions of the paper that a study explores. */
export const EXPLORATORY: readonly ExploratoryQuestion[] = [
  {
    id: 'mixing-keeps-facts',
    question: 'Does mixing pretraining data into imitation keep facts that it otherwise loses?',
    source: OPEN,
    effect: difference('facts.exact-match', [MIX, BROAD]),
    unit: 'share',
  },
  {
    id: 'mixing-keeps-choice',
    question: 'Does mixing keep multiple choice?',
    source: OPEN,
    effect: difference('choice.accuracy', [MIX, BROAD]),
    unit: 'share',
  },
  {
    id: 'mixing-loses-facts',
    question: 'What is lost with mixing, beside the base model?',
    source: OPEN,
    effect: difference('facts.exact-match', [MIX, BASE]),
    unit: 'share',
  },
  {
    id: 'mixing-keeps-style',
    question: 'Does mixing cost words in common with the teacher?',
    source: OPEN,
    effect: difference('style.unigram', [MIX, BROAD]),
    unit: 'overlap',
  },
];
