import { type ArrayChange, diffArrays } from 'diff';
import { lines } from './lines.ts';
import { type Span, trimSpan } from './span.ts';

/** A stretch of one text that the other lacks. */
export interface DiffSpan extends Span {
  kind: 'removed' | 'added';
}

/** Spans of each text that the other lacks. */
export interface WordDiff {
  /** Spans of the first text, all `removed`. */
  left: DiffSpan[];
  /** Spans of the second text, all `added`. */
  right: DiffSpan[];
  /** Unit of the comparison: words, or for long and very different texts whole lines, or at last the whole texts. */
  unit: 'word' | 'line' | 'text';
}

/** Longest texts, together in UTF-16 code units, that are compared by words: cutting them up takes about 50 ms. */
const WORD_DIFF_LIMIT = 200_000;

/** Most insertions and deletions searched for; Myers' algorithm is quadratic in them, 2,000 take about 0.3 s. */
const EDIT_LIMIT = 2000;

/** A run of letters, digits and underscores, or any one other character that is no white space. */
const WORD = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;

/**
 * Compares two texts word by word, as spans of each raw text; white space alone is no difference. Words lost side by
 * side make one span. The work is bounded: texts of more than 200,000 characters together, or more than 2,000 edits
 * apart, are compared by lines; where these differ as much, all of both texts is marked. `unit` says which of them
 * happened.
 *
 * @see Myers 1986, An O(ND) Difference Algorithm and Its Variations (npm `diff`)
 * @example
 * wordDiff('the cat sat', 'the dog sat').right; // [{ start: 4, end: 7, kind: 'added' }]
 */
export function wordDiff(a: string, b: string): WordDiff {
  const byWord = a.length + b.length <= WORD_DIFF_LIMIT ? compare(a, b, 'word') : null;
  return byWord ?? compare(a, b, 'line') ?? compareWhole(a, b);
}

function compare(a: string, b: string, unit: 'word' | 'line'): WordDiff | null {
  const pieces = unit === 'word' ? wordSpans : lineSpans;
  const ofA = pieces(a);
  const ofB = pieces(b);
  const changes = diffArrays(texts(a, ofA), texts(b, ofB), { maxEditLength: EDIT_LIMIT });
  if (!changes) return null;
  return {
    left: changed(changes, ofA, 'removed'),
    right: changed(changes, ofB, 'added'),
    unit,
  };
}

function compareWhole(a: string, b: string): WordDiff {
  const whole = (text: string, kind: DiffSpan['kind']) => {
    const span = trimSpan(text, { start: 0, end: text.length });
    return span ? [{ ...span, kind }] : [];
  };
  return { left: whole(a, 'removed'), right: whole(b, 'added'), unit: 'text' };
}

function wordSpans(text: string): Span[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
}

function lineSpans(text: string): Span[] {
  return lines(text).flatMap(line => trimSpan(text, line) ?? []);
}

function texts(text: string, spans: readonly Span[]): string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}

/** Joins the changes of one kind, each as one span from its first piece to its last. */
function changed(
  changes: readonly ArrayChange<string>[],
  pieces: readonly Span[],
  kind: DiffSpan['kind'],
): DiffSpan[] {
  const absent = kind === 'removed' ? 'added' : 'removed';
  const spans: DiffSpan[] = [];
  let next = 0;
  for (const change of changes) {
    if (change[absent]) continue;
    const first = pieces[next];
    next += change.count;
    const last = pieces[next - 1];
    if (change[kind] && first && last) spans.push({ start: first.start, end: last.end, kind });
  }
  return spans;
}
