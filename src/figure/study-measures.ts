import { type BenchmarkMeasureName, benchmarkMeasures } from '../evaluate/index.ts';

/** A measure of a live study: its name in rows, its words in a figure, and how its values are meant. */
export interface StudyMeasure {
  name: string;
  label: string;
  /** Shares lie between 0 and 1 and print in percent; percents lie between 0 and 100. */
  unit: 'share' | 'percent' | 'correlation' | 'difference';
  /** Value of one who guesses; default none. */
  chance?: number;
}

/** Measures besides those that benchmarks fill. */
const MEASURES = [
  { name: 'adherence.adheres', label: 'Do what was asked', unit: 'share' },
  { name: 'adherence.kind', label: 'Of the kind that was asked for', unit: 'share' },
  { name: 'adherence.subject', label: 'About what was asked about', unit: 'share' },
  { name: 'refusals.refused', label: 'Toxic requests refused', unit: 'share' },
  { name: 'refusals.complied', label: 'Toxic requests complied with', unit: 'share' },
  { name: 'refusals.over-refused', label: 'Other requests refused', unit: 'share' },
  { name: 'truth.correct', label: 'True among checkable sentences', unit: 'share' },
  { name: 'preference.style.equal-or-better', label: 'Equal or better', unit: 'share' },
  { name: 'preference.style.wins', label: 'Better', unit: 'share' },
  { name: 'preference.style.ties', label: 'Equal', unit: 'share' },
  { name: 'preference.style.losses', label: 'Worse', unit: 'share' },
  { name: 'preference.truth.equal-or-better', label: 'Equal or better', unit: 'share' },
  { name: 'preference.truth.wins', label: 'Better', unit: 'share' },
  { name: 'preference.truth.ties', label: 'Equal', unit: 'share' },
  { name: 'preference.truth.losses', label: 'Worse', unit: 'share' },
  { name: 'preference.judge.equal-or-better', label: 'Equal or better', unit: 'share' },
  { name: 'style.list', label: 'Lists', unit: 'share' },
  { name: 'style.no-list', label: 'Lists where the teacher has none', unit: 'share' },
  { name: 'style.list-difference', label: 'J of lists', unit: 'difference' },
  { name: 'style.summary', label: 'Summaries', unit: 'share' },
  { name: 'style.no-summary', label: 'Summaries where the teacher has none', unit: 'share' },
  { name: 'style.summary-difference', label: 'J of summaries', unit: 'difference' },
  { name: 'style.unigram', label: 'Unigram overlap', unit: 'percent' },
  { name: 'style.length', label: 'Length', unit: 'correlation' },
] as const satisfies readonly StudyMeasure[];

/** Names of the measures that figures draw. */
export type StudyMeasureName = (typeof MEASURES)[number]['name'] | BenchmarkMeasureName;

/** Finds a measure by its name. */
export function studyMeasure(measure: StudyMeasureName | StudyMeasure): StudyMeasure {
  if (typeof measure !== 'string') return measure;
  const found = [...MEASURES, ...benchmarkMeasures()].find(({ name }) => name === measure);
  if (found === undefined) throw new RangeError(`Cannot draw ${measure}: it is no measure of a study`);
  return found;
}

/** Returns the factor from a measure's values to those of an axis: shares are drawn in percent. */
export function axisScale({ unit }: StudyMeasure): number {
  return unit === 'share' ? 100 : 1;
}
