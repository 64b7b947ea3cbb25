import { loadPaperData, type PaperFigure1 } from '../data/index.ts';
import type { StudyRow } from '../schema.ts';
import type { Panel } from './panel.ts';
import { panelsFigure } from './panels-figure.ts';
import type { PaperFigure } from './paper-figure.ts';
import { preferenceFigure } from './preference-figure.ts';
import { judgesOf, livePreferences, PREFERENCE_TITLE } from './study-judges.ts';
import { broad, byBudget, bySize } from './study-panels.ts';
import type { FigureView } from './views.ts';

/**
 * Draws Figure 1: how often a model's answers are rated equal to the teacher's or better, by imitation data (left)
 * and by size (right), and its knowledge of facts (centre).
 *
 * @param rows of a study.
 * @param paper the one number that the paper's text gives, drawn as a level on the left.
 * @see Gudibande et al. 2023, Figure 1
 * @example
 * const { rows } = await openStudy();
 * figure1(rows)
 */
export function figure1(rows: readonly StudyRow[], paper?: PaperFigure1): FigureView {
  const left = byBudget(rows, judgesOf(rows), 'Preference, by imitation data');
  const centre = byBudget(rows, broad('facts.exact-match'), 'Facts, by imitation data');
  const right = bySize(rows, judgesOf(rows), 'Preference, by base model');
  return panelsFigure('fig1', 'Figure 1 (live): preference and facts', [
    [withClaim(left, paper), centre, right],
  ]);
}

function withClaim(panel: Panel, paper: PaperFigure1 | undefined): Panel {
  if (paper === undefined) return panel;
  const claim = { value: paper.equalOrBetterPercent, low: null, high: null, n: null, seeds: null };
  return {
    ...panel,
    levels: [
      ...(panel.levels ?? []),
      { name: 'The paper’s text (reported)', evidence: 'reported', ...claim },
    ],
  };
}

/** Figure 1 of the paper. */
export const FIGURE1: PaperFigure = {
  id: 'fig1',
  title: 'Figure 1',
  question: 'Do more imitation data, or larger base models, make a model preferred, and does it know more?',
  notebook: 'fig1',
  evidence: ['reported', 'public', 'live'],
  hypotheses: [
    'preference-rises-with-imitation',
    'preference-saturates',
    'preference-rises-with-size',
    'facts-do-not-rise-with-data',
    'size-beats-data',
  ],
  outputs: ['fig1', 'fig1-preferences', 'published-preference', 'fig1-verdicts'],
  draw: async rows => [
    figure1(rows, await loadPaperData('fig1')),
    preferenceFigure('fig1-preferences', PREFERENCE_TITLE, livePreferences(rows)),
  ],
};
