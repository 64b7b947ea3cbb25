import { canonicalJson } from '../files/index.ts';
import type { EvaluationResult } from './evaluation-result.ts';
import type { ItemRow } from './item-row.ts';

/** A field in which two results differ, so that they do not compare. */
export interface ResultDifference {
  field:
    | 'benchmark'
    | 'version'
    | 'promptFormat'
    | 'shots'
    | 'promptDigest'
    | 'items'
    | 'ids'
    | 'prompts'
    | 'data';
  /** The first result's value, in words. */
  a: string;
  b: string;
}

/** An item of two results, with the row of each. */
export interface ItemPair {
  id: string;
  a: ItemRow;
  b: ItemRow;
}

/** Items of two results in pairs, or what keeps them from being compared. */
export type MatchedResults =
  | { matches: true; pairs: ItemPair[] }
  | { matches: false; differences: [ResultDifference, ...ResultDifference[]] };

/** Options of {@link matchResults}. */
export interface MatchOptions {
  /** Items that are paired: `all`, where each result must hold those of the other (default), or those in `common`. */
  items?: 'all' | 'common' | undefined;
}

/** Fields of the run itself that must agree; one that a result before 0.2 does not state is no difference. */
const RUN_FIELDS = ['benchmark', 'version', 'promptFormat', 'shots', 'promptDigest'] as const;

/**
 * Pairs the items of two results of one benchmark, or lists the fields in which they differ: no difference between models
 * means anything where they were asked in different forms, or about different items. An item whose call failed is in
 * a pair, without scores.
 *
 * @example
 * // Given student.
 * const items = [{ id: '1', question: 'Where is the Louvre?', answers: ['Paris'] }];
 * const nq = await naturalQuestions({ items });
 * const raw = await evaluate(student, nq);
 * const chat = await evaluate(student, nq, { promptFormat: 'chat-few-shot' });
 * const matched = matchResults(raw, chat);
 * matched.matches ? [] : matched.differences.map(({ field }) => field) // ['promptFormat', 'promptDigest']
 */
export function matchResults(
  a: EvaluationResult,
  b: EvaluationResult,
  { items = 'all' }: MatchOptions = {},
): MatchedResults {
  const sameFirst = a.items[0]?.id === b.items[0]?.id;
  // The digest is of the first request.
  const fields = RUN_FIELDS.filter(field => sameFirst || field !== 'promptDigest');
  const ofRun = fields.flatMap(field => differenceOf(field, a[field], b[field]));
  const byId = new Map(b.items.map(item => [item.id, item]));
  const pairs = a.items.flatMap(item => {
    const other = byId.get(item.id);
    return other ? [{ id: item.id, a: item, b: other }] : [];
  });
  const [first, ...others] = [...ofRun, ...itemDifferences(a, b, { pairs, items })];
  return first === undefined ? { matches: true, pairs } : { matches: false, differences: [first, ...others] };
}

/** Requires that two results can be compared, and returns their items in pairs. @throws {RangeError} naming the fields that differ. */
export function requireMatch(a: EvaluationResult, b: EvaluationResult): ItemPair[] {
  const matched = matchResults(a, b);
  if (matched.matches) return matched.pairs;
  const found = matched.differences.map(({ field, ...values }) => `${field} ${values.a} and ${values.b}`);
  throw new RangeError(
    `Cannot compare ${a.benchmark} of ${a.model} with ${b.benchmark} of ${b.model}: results must be of one benchmark, form and set of items, found ${found.join('; ')}`,
  );
}

function itemDifferences(
  a: EvaluationResult,
  b: EvaluationResult,
  { pairs, items }: { pairs: readonly ItemPair[]; items: 'all' | 'common' },
): ResultDifference[] {
  const alone = a.items.length + b.items.length - 2 * pairs.length;
  const counts = items === 'all' ? differenceOf('items', a.items.length, b.items.length) : [];
  if (counts.length > 0 || (items === 'all' ? alone > 0 : pairs.length === 0)) {
    const of = (result: EvaluationResult) => `${result.items.length - pairs.length} of its own`;
    return alone > 0 ? [...counts, { field: 'ids', a: of(a), b: of(b) }] : counts;
  }
  const asked = pairs.find(pair => requestOf(pair.a) !== requestOf(pair.b));
  if (asked) return [{ field: 'prompts', a: requestOf(asked.a), b: requestOf(asked.b) }];
  // The digest of some of the items is another one.
  return alone > 0 ? [] : differenceOf('data', a.data, b.data);
}

/** Returns the request of an item, to be compared. */
function requestOf({ prompt, history = [], continuations = [] }: ItemRow): string {
  return canonicalJson([...history.map(({ role, content }) => [role, content]), prompt, continuations]);
}

function differenceOf(
  field: ResultDifference['field'],
  a: string | number | undefined,
  b: string | number | undefined,
): ResultDifference[] {
  return a === undefined || b === undefined || a === b ? [] : [{ field, a: String(a), b: String(b) }];
}
