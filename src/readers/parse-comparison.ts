import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Comparison, comparisonSchema } from '../schema.ts';
import { type ParsedDocument, parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { schemaError } from './schema-error.ts';

/**
 * Reads a comparison from `*.compare.json` (one object) or `*.compare.jsonl` (everything but `items` on
 * the first line, one item on each further line).
 *
 * @param name the file's name, for errors.
 * @throws {ReadError} naming the path of the first value that breaks the schema, and the value.
 * @example
 * // Given comparison.
 * parseComparison(stringifyComparison(comparison), 'mine.compare.json').items.length // 2
 */
export function parseComparison(text: string, name: string): Comparison {
  const document = parseDocument(text, name);
  if (isComparisonDocument(document)) return comparisonOf(document);
  throw new ReadError({
    at: name,
    required: 'a comparison: an object (or first line) of version 1 and answers, with items',
    found: shown(document.whole ?? document.rows[0]?.value),
  });
}

/** Reports whether the document looks like a comparison, valid or not. */
export function isComparisonDocument({ whole, rows }: ParsedDocument): boolean {
  const head = whole ?? rows[0]?.value ?? {};
  return 'version' in head && Array.isArray(head.answers) && (!whole || 'items' in whole);
}

/** @throws {ReadError} naming the path and value that break the schema, or a line that could not be parsed. */
export function comparisonOf({
  whole,
  rows: [head, ...items],
  name,
  skipped = [],
}: ParsedDocument): Comparison {
  const [broken] = skipped;
  if (broken)
    throw new ReadError({
      at: broken.at,
      required: 'a comparison whose every line can be read',
      found: broken.reason,
    });
  if (whole) return checkComparison(whole, path => `${name}${path}`);
  const place = (path: string) => {
    const [, index, rest = ''] = path.match(/^\/items\/(\d+)(.*)$/) ?? [];
    return `${(index === undefined ? head : items[Number(index)])?.at ?? name}${index === undefined ? path : rest}`;
  };
  return checkComparison({ ...head?.value, items: items.map(({ value }) => value) }, place);
}

/**
 * Holds a value to {@link comparisonSchema}, and every answer, label and unmatched entry to the columns.
 *
 * @param place turns a path inside the comparison, such as `/items/0/prompt`, into where it was read.
 * @returns the same value.
 * @throws {ReadError} naming the first path and value that break it.
 */
export function checkComparison(value: unknown, place: (path: string) => string = path => path): Comparison {
  const ajv = new Ajv2020({ verbose: true });
  const valid = ajv.compile<Comparison>(comparisonSchema);
  if (!valid(value)) throw schemaError(valid.errors?.[0], place);
  const ids = value.answers.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new ReadError({
      at: place('/answers'),
      required: 'an id of its own for each answer',
      found: `${shown(twice)} twice`,
    });
  for (const [index, { answers, labels = [] }] of value.items.entries()) {
    const stray = [...Object.keys(answers), ...labels.map(({ model }) => model)].find(
      id => !ids.includes(id),
    );
    if (stray !== undefined)
      throw new ReadError({
        at: place(`/items/${index}`),
        required: `the id of an answer (${ids.join(', ')})`,
        found: shown(stray),
      });
  }
  return value;
}
