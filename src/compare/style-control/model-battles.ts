import { mean, wilson } from '../../stats/index.ts';
import type { ValueInterval } from './resampled-fits.ts';
import type { StyledBattle } from './style-design.ts';

/** A battle from the side of one of its models. */
export interface ModelBattle {
  promptId: string;
  opponent: string;
  /** 1 if the model wins, 0 if it loses, ½ for a tie. */
  outcome: number;
  /** Relative difference of words; positive where its answer is the longer one. */
  words: number;
}

/** Questions that are required on either side of equal length, or near it. */
const ENOUGH_QUESTIONS = 10;
/** Relative difference of words up to which two answers are nearly equal in length. */
const NEARLY_EQUAL = 0.1;
/** Questions that a model must not lose, and not win, for its strength to be estimated. */
const ENOUGH_OUTCOMES = 3;

/** Selects the battles of a model, from its side. */
export function battlesFrom(model: string, battles: readonly StyledBattle[]): ModelBattle[] {
  return battles.flatMap(({ promptId, first, second, outcome, differences: { words } }) => {
    if (first.model === second.model) return [];
    if (first.model === model) return [{ promptId, opponent: second.model, outcome, words }];
    if (second.model === model)
      return [{ promptId, opponent: first.model, outcome: 1 - outcome, words: -words }];
    return [];
  });
}

/** Reports whether the data say how a model fares at equal length: on both sides of it, or near it. */
export function isIdentified(battles: readonly ModelBattle[]): boolean {
  const questions = (at: (words: number) => boolean) =>
    new Set(battles.filter(({ words }) => at(words)).map(({ promptId }) => promptId)).size;
  const near = questions(words => Math.abs(words) <= NEARLY_EQUAL);
  const [longer, shorter] = [questions(words => words > 0), questions(words => words < 0)];
  return near >= ENOUGH_QUESTIONS || Math.min(longer, shorter) >= ENOUGH_QUESTIONS;
}

/** Reports whether a model loses, or wins, on nearly all questions, so that its strength has no finite estimate. */
export function isSeparated(battles: readonly ModelBattle[]): boolean {
  const means = questionMeans(battles);
  const notLost = means.filter(outcome => outcome > 0).length;
  const notWon = means.filter(outcome => outcome < 1).length;
  return Math.min(notLost, notWon) < ENOUGH_OUTCOMES;
}

/** Computes the mean outcome over questions, with Wilson's interval. */
export function wilsonShare(battles: readonly ModelBattle[]): ValueInterval {
  const means = questionMeans(battles);
  const sum = means.reduce((total, outcome) => total + outcome, 0);
  return { value: mean(means), ...wilson(sum, means.length) };
}

function questionMeans(battles: readonly ModelBattle[]): number[] {
  const questions = new Map<string, number[]>();
  for (const { promptId, outcome } of battles)
    questions.set(promptId, [...(questions.get(promptId) ?? []), outcome]);
  return [...questions.values()].map(outcomes => mean(outcomes) ?? 0);
}
