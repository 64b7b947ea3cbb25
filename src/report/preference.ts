import {
  type Battle,
  type PositionBias,
  positionBias,
  preferencesOf,
  ratingBattles,
  reviewBattles,
  type StyleControl,
  type StyleControlledModel,
  styleControl,
} from '../compare/index.ts';
import type { Review } from '../readers/index.ts';
import type { Evidence, Generation, Rating } from '../schema.ts';
import {
  mean,
  type PreferenceSummary,
  type RatingSummary,
  summarizePreference,
  summarizeRatings,
} from '../stats/index.ts';
import { pairHash } from '../text/index.ts';
import { atLeast, FEWEST, needed } from './place-on-scale.ts';

/** Judgements of pairs of answers, which name answers by their ids in the comparison. */
export interface Judgements {
  /** Reviews of a judge model. */
  reviews: readonly Review[];
  /** Choices of people. */
  ratings: readonly Rating[];
  /** Source of the reviews: a published file, or a judge that was asked here. */
  evidence: Evidence;
}

/** Agreement of people on which answer is the better one. */
export type RaterAgreement = Pick<
  RatingSummary,
  'annotators' | 'ratings' | 'fleissKappa' | 'krippendorffAlpha' | 'disagreements' | 'bad'
>;

/** Preference for a student over its teacher. */
export interface StudentPreference {
  /** By a judge model; null without reviews of this pair. */
  judge: PreferenceSummary | null;
  /** By people; null without their ratings of this pair. */
  people: PreferenceSummary | null;
  /** Raw and at equal style, over all judgements; null where no text of them is known. */
  styleControl: StyleControlledModel | null;
  /** Influence of the place; of pairs that a judge reviewed in both orders. */
  positionBias: PositionBias | null;
  agreement: RaterAgreement | null;
  /** Pairs that would distinguish the raw preference from a tie; null where it is one. */
  n_needed: number | null;
}

/** Judgements of all students beside one teacher. */
export interface PreferenceSection {
  /** Weights of style in the judgements; null without judgements. */
  effects: StyleControl['effects'] | null;
  students: Readonly<Record<string, StudentPreference>>;
  /** Judgements that are left out, by the reason. */
  leftOut: { otherAnswers: number; otherTexts: number; otherPrompts: number };
}

/** Options of {@link preferenceSection}. */
export interface PreferenceOptions {
  teacher: string;
  students: readonly string[];
  /** Answers by their ids in the comparison. */
  answers: readonly Generation[];
  seed?: number | string | undefined;
}

/** Summarizes judgements of each student beside its teacher, raw and at equal style. */
export function preferenceSection(
  { reviews, ratings, evidence }: Judgements,
  { teacher, students, answers, seed = 0 }: PreferenceOptions,
): PreferenceSection {
  const texts = new Map(answers.map(({ promptId, model, text }) => [keyOf(promptId, model), text ?? '']));
  const leftOut = { otherAnswers: 0, otherTexts: 0, otherPrompts: 0 };
  const counts = (promptId: string, a: string, b: string, hash?: string): boolean => {
    const [student] = a === teacher ? [b] : b === teacher ? [a] : [];
    if (student === undefined || !students.includes(student)) return count(leftOut, 'otherAnswers');
    const [own, other] = [texts.get(keyOf(promptId, a)), texts.get(keyOf(promptId, b))];
    if (own === undefined || other === undefined) return count(leftOut, 'otherPrompts');
    return hash === undefined || hash === '' || hash === pairHash(own, other) || count(leftOut, 'otherTexts');
  };
  const judged = reviews.filter(({ promptId, first, second }) => counts(promptId, first, second));
  const rated = ratings.filter(({ promptId, left, right, contentHash }) =>
    counts(promptId, left, right, contentHash),
  );
  const battles = [...reviewBattles(judged, answers).battles, ...ratingBattles(rated, answers).battles];
  const controlled = battles.length > 0 ? styleControl(battles, { reference: teacher, seed }) : null;
  const ofStudent = (student: string): StudentPreference => {
    const ownReviews = judged.filter(({ first, second }) => first === student || second === student);
    const ownRatings = rated.filter(({ left, right }) => left === student || right === student);
    const preferences = preferencesOf(ownReviews, evidence);
    const judge = preferences.length > 0 ? summarizePreference(preferences, { model: student, seed }) : null;
    const people = ownRatings.length > 0 ? summarizeRatings(ownRatings, { model: student, seed }) : null;
    const bias = positionBias(ownReviews);
    return {
      judge,
      people: people && preferenceOnly(people),
      styleControl: controlled?.models.find(({ model }) => model === student) ?? null,
      positionBias: bias.consistent.n + bias.unscored > 0 ? bias : null,
      agreement: people && agreementOf(people),
      n_needed: pairsNeeded(battles, student),
    };
  };
  return {
    effects: controlled?.effects ?? null,
    students: Object.fromEntries(students.map(student => [student, ofStudent(student)])),
    leftOut,
  };
}

function keyOf(promptId: string, model: string): string {
  return JSON.stringify([promptId, model]);
}

/** Counts a judgement that is left out. */
function count<Name extends string>(counts: Record<Name, number>, name: Name): false {
  counts[name]++;
  return false;
}

/** Computes how many questions would distinguish a student's outcomes from ties. */
function pairsNeeded(battles: readonly Battle[], student: string): number | null {
  const outcomes = new Map<string, number[]>();
  for (const { promptId, first, second, outcome } of battles) {
    if (first.model !== student && second.model !== student) continue;
    const own = first.model === student ? outcome : 1 - outcome;
    outcomes.set(promptId, [...(outcomes.get(promptId) ?? []), own - 0.5]);
  }
  const means = Float64Array.from(outcomes.values(), values => mean(values) ?? 0);
  return atLeast(FEWEST, needed(means));
}

function preferenceOnly(summary: RatingSummary): PreferenceSummary {
  const { model, others, wins, ties, losses, disagreements, unscored, n } = summary;
  const { equalOrBetter, win, tie, loss, winRate } = summary;
  return {
    model,
    others,
    wins,
    ties,
    losses,
    disagreements,
    unscored,
    n,
    equalOrBetter,
    win,
    tie,
    loss,
    winRate,
  };
}

function agreementOf(summary: RatingSummary): RaterAgreement {
  const { annotators, ratings, fleissKappa, krippendorffAlpha, disagreements, bad } = summary;
  return { annotators, ratings, fleissKappa, krippendorffAlpha, disagreements, bad };
}
