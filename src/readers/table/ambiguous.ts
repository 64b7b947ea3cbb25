import { ReadError, shown } from '../read-error.ts';
import { joinNames } from '../source-report.ts';

const REQUIRED = 'the meaning of the columns, as "columns" or --columns states it,';

/** Describes columns of which each may hold a row's answer. */
export function severalAnswers(at: string, columns: readonly string[]): ReadError {
  const options = columns.map(column => `models=${column}`).join(' or ');
  const found = `the columns ${joinNames(columns.map(shown))}, each of which may hold the answers (${options})`;
  return new ReadError({ at, required: REQUIRED, found });
}

/** Describes columns of which each may hold the reference. */
export function severalReferences(at: string, columns: readonly string[]): ReadError {
  const options = columns.map(column => `reference=${column}`).join(' or ');
  const found = `the columns ${joinNames(columns.map(shown))}, each of which may hold the reference (${options})`;
  return new ReadError({ at, required: REQUIRED, found });
}

/** Columns that may be models or metadata, beside those that are models. */
interface Doubt {
  doubtful: readonly string[];
  certain: readonly string[];
  /** Description of the first one's values. */
  words: string;
}

/** Describes columns that may be models or metadata. */
export function doubtfulModels(at: string, { doubtful, certain, words }: Doubt): ReadError {
  const [columns, models] = doubtful.length > 1 ? ['columns', 'models'] : ['column', 'a model'];
  const readings = [
    `answers of ${models} (models=${[...certain, ...doubtful].join(',')})`,
    `metadata (models=${certain.join(',')})`,
  ];
  const found = `the ${columns} ${joinNames(doubtful.map(shown))} (${words}), which may be ${readings.join(' or ')}`;
  return new ReadError({ at, required: REQUIRED, found });
}
