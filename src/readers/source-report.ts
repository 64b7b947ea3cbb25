import { type FileKind, KIND_WORDS } from './file-kind.ts';
import type { SkippedRow } from './read-error.ts';

/** Summary of what was understood of a file or table. */
export interface SourceReport {
  /** Name of the format. */
  format: string;
  kind: FileKind;
  /** Records of the file, those that were skipped among them. */
  rows: number;
  /** Prompts that differ, of the records that were read. */
  prompts: number;
  /** Names of the models that answered, in the order in which they appear. */
  models: string[];
  /** The teacher, where it was stated. */
  teacher?: string;
  /** Column of the reference answers. */
  reference?: string;
  /** Columns that were not read. */
  ignored: string[];
  /** Records that could not be read, with the reason. */
  skipped: SkippedRow[];
  /** Further facts, such as an encoding that had to be guessed; each a clause. */
  notes?: string[];
}

/** Skipped records that the sentence names. */
const NAMED = 3;

/**
 * Describes in one sentence what was understood of a file: its format, prompts and models, and what was not read.
 *
 * @example
 * const { report } = parseSource('prompt,gpt-4,mine\nWhy?,So.,As.', { name: 'a.csv' })
 * describeSource('a.csv', report) // 'a.csv: table, 1 prompt, answers of gpt-4 and mine.'
 */
export function describeSource(name: string, report: SourceReport): string {
  const { format, teacher, reference, ignored, skipped, notes = [] } = report;
  const facts = [`${name}: ${format}, ${countOf(report.prompts, 'prompt')}${contentOf(report)}`];
  if (teacher !== undefined) facts.push(`teacher: ${teacher}`);
  if (reference !== undefined) facts.push(`reference: ${reference}`);
  if (ignored.length > 0) facts.push(`ignored: ${ignored.join(', ')}`);
  if (skipped.length > 0) facts.push(skippedFact(skipped));
  return `${[...facts, ...notes].join('; ')}.`;
}

/** Joins names: `a`, `a and b`, `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function contentOf({ kind, models, rows }: SourceReport): string {
  if (kind !== 'answers') return `, ${KIND_WORDS[kind]}`;
  return models.length > 0 ? `, answers of ${joinNames(models)}` : `, no answers in ${countOf(rows, 'row')}`;
}

function skippedFact(skipped: readonly SkippedRow[]): string {
  const named = skipped.slice(0, NAMED).map(({ at, reason }) => `${at} (${reason})`);
  const more = skipped.length > NAMED ? `, and ${skipped.length - NAMED} more` : '';
  return `skipped ${countOf(skipped.length, 'row')}: ${named.join(', ')}${more}`;
}

/** Formats a number with its noun: `1 row`, `2 rows`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
