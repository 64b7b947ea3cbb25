import { comparedGenerations, type JudgePair, judgePairs, pairsOf } from '../compare/index.ts';
import type { Comparison } from '../schema.ts';
import { loadJudgements } from './load-judgements.ts';
import type { LoadedSides } from './load-sides.ts';
import { type Judgements, type PreferenceSection, preferenceSection } from './preference.ts';
import { judgeOptions, type ReportOptions, readingOf } from './report-options.ts';

/** Loads judgements, or asks the judge; null where there are neither. */
export async function judgedPreference(
  comparison: Comparison,
  { roles: { teacher, students }, ids }: LoadedSides,
  options: ReportOptions,
): Promise<PreferenceSection | null> {
  const { ratings, judge, seed } = options;
  if (ratings === undefined && judge === undefined) return null;
  const answers = comparedGenerations(comparison);
  const loaded = await loadJudgements(ratings ?? [], namedSources(options), ids, readingOf(options));
  const asked =
    judge && (await judgePairs(judge, studentPairs(comparison, students), judgeOptions(options, 'judge')));
  const judgements: Judgements = {
    reviews: [...loaded.reviews, ...(asked?.reviews ?? [])],
    ratings: loaded.ratings,
    evidence: judge === undefined ? 'public' : 'live',
  };
  return preferenceSection(judgements, { teacher, students, answers, seed });
}

/** Names of files and records of answers, by which a file of reviews is understood. */
function namedSources({ teacher, students }: ReportOptions): string[] {
  const values = [teacher, students].flatMap(given =>
    typeof given === 'string' ? [given] : Array.isArray(given) ? given : Object.values(given),
  );
  return values.filter(value => typeof value === 'string').map(value => value.replace(/#[^#/]*$/, ''));
}

function studentPairs(comparison: Comparison, students: readonly string[]): JudgePair[] {
  return pairsOf(comparison).filter(({ answers: [, { id }] }) => students.includes(id));
}
