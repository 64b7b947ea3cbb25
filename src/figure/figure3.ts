import type { Estimate, StudyRow } from '../schema.ts';
import type { Panel } from './panel.ts';
import { panelsFigure } from './panels-figure.ts';
import type { PaperFigure } from './paper-figure.ts';
import { scaled } from './plot-parts.ts';
import { preferenceFigure } from './preference-figure.ts';
import { judgesOf, livePreferences, PREFERENCE_TITLE } from './study-judges.ts';
import { budgetOfMostSizes, byBudget, bySize, sizeWithMostBudgets } from './study-panels.ts';
import type { FigureView } from './views.ts';

/**
 * Majority vote on one model of a study, over the pairs of all seeds: the share of its answers that are equal to the
 * teacher's or better.
 */
export interface HumanPreferenceRow extends Estimate, Pick<StudyRow, 'model' | 'size' | 'budget'> {
  measure: string;
  wins: number;
  ties: number;
  losses: number;
  /** Pairs without an outcome; they are not among `n`. */
  unscored: number;
  /** People who rated this model's answers, and their votes. */
  raters: number;
  ratings: number;
  evidence: 'human';
}

/** Preferences of raters for a study's models, and their agreement. */
export interface HumanPreference {
  /** One a model that was rated, by size and budget; empty where nobody has rated. */
  rows: HumanPreferenceRow[];
  raters: number;
  ratings: number;
  pairs: number;
  /** Pairs on which no choice has more than half of the votes. */
  disagreements: number;
  /** Votes on other answers than the study's; they count in nothing. */
  foreign: number;
  /** Null where pairs have fewer than two ratings, or not all as many. */
  fleissKappa: Estimate | null;
  krippendorffAlpha: Estimate;
}

/** Options of {@link figure3}. */
export interface Figure3Ratings {
  /** Votes of people. Without them, the figure states that its judges are all simulated. */
  human?: HumanPreference | undefined;
}

/**
 * Draws Figure 3: preferences of raters and judges, by imitation data (left) and by size (right).
 *
 * @param rows of a study.
 * @see Gudibande et al. 2023, Figure 3
 * @example
 * const { rows } = await openStudy();
 * figure3(rows)
 */
export function figure3(rows: readonly StudyRow[], { human }: Figure3Ratings = {}): FigureView {
  const left = byBudget(rows, judgesOf(rows), 'By imitation data');
  const right = bySize(rows, judgesOf(rows), 'By base model');
  const size = sizeWithMostBudgets(rows);
  const budget = budgetOfMostSizes(rows);
  const votes = (human?.rows ?? []).filter(({ model }) => model === 'broad');
  const live = [
    withVotes(
      left,
      votes.filter(vote => vote.size === size),
      'budget',
    ),
    withVotes(
      right,
      votes.filter(vote => vote.budget === budget),
      'size',
    ),
  ];
  return panelsFigure('fig3', 'Figure 3 (live): what raters and judges prefer', [live], noteOn(human));
}

function withVotes(panel: Panel, votes: readonly HumanPreferenceRow[], by: 'budget' | 'size'): Panel {
  const points = votes.flatMap(vote => {
    const { value, low, high } = scaled(vote, 100);
    const x = vote[by];
    return value === null || x === null ? [] : [{ value, low, high, x, n: vote.n, seeds: null }];
  });
  if (points.length === 0) return panel;
  return { ...panel, series: [...panel.series, { name: RATERS, evidence: 'human', points }] };
}

const RATERS = 'Raters’ majority (human)';

function noteOn(human: HumanPreference | undefined): string {
  if (human === undefined || human.rows.length === 0)
    return 'No human has rated these answers: the judges of the live study are simulated.';
  const { raters, ratings, pairs, krippendorffAlpha: alpha } = human;
  const agreement = alpha.value === null ? '' : `; Krippendorff’s α ${alpha.value.toFixed(2)}`;
  return `Human: ${counted(raters, 'rater')}, ${counted(ratings, 'vote')} on ${counted(pairs, 'pair')}${agreement}. The other judges of the live study are simulated.`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Figure 3 of the paper. */
export const FIGURE3: PaperFigure = {
  id: 'fig3',
  title: 'Figure 3',
  question: 'Do crowd workers and judge models see more data, or larger models, alike?',
  notebook: 'fig3',
  evidence: ['public', 'live'],
  hypotheses: [
    'preference-rises-with-imitation',
    'preference-saturates',
    'preference-rises-with-size',
    'style-hides-falsehood',
  ],
  outputs: ['fig3', 'fig3-preferences', 'published-ratings', 'published-votes', 'fig3-verdicts'],
  draw: async rows => [
    figure3(rows),
    preferenceFigure('fig3-preferences', PREFERENCE_TITLE, livePreferences(rows)),
  ],
};
