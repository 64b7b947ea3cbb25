import type { ComparisonItem, SentenceLabel } from 'imitation-lab/schema';
import { answerStructure, type Span, unigramOverlap, wordDiff } from 'imitation-lab/text';
import { attachLabels } from './attach-labels.ts';
import { answerOf } from './comparison-item.ts';
import { findMatches } from './find-matches.ts';
import type { Highlight } from './model.ts';
import type { Mark } from './segments.ts';
import type { Pair } from './style-of-pair.ts';

/**
 * Longest text, in UTF-16 code units, that is analysed for highlights and rendered as Markdown: beyond it a
 * prompt would no longer open at once. Real answers end far below.
 */
export const MAX_ANALYSED = 50_000;

/** A highlighted stretch of an answer. */
export interface AnswerMark extends Mark {
  kind: Highlight;
  /** Part of the structure that a `structure` mark shows; `list` is the first item of a list. */
  part?: 'list' | 'item' | 'opening' | 'summary';
  /** Number of words that a `shared` mark holds. */
  words?: number;
  /** Label that a truth mark shows. */
  label?: SentenceLabel;
}

/** Every highlight an answer could show, whether switched on or not. */
export interface AnswerMarks {
  marks: AnswerMark[];
  /** Sentence labels that no longer fit the answer. */
  lost: number;
  /** The answer is too long to be analysed; it has no marks. */
  tooLong: boolean;
}

/**
 * Computes the highlights of one answer of `item`, all except the matches of a search. Unigram overlap and diff
 * compare it with the other answer of `pair`: an answer outside the pair is compared with the teacher; the teacher
 * with the chosen model.
 */
export function answerMarks(item: ComparisonItem, id: string, pair: Pair | null): AnswerMarks {
  const text = answerOf(item, id)?.text ?? '';
  if (text.length > MAX_ANALYSED) return { marks: [], lost: 0, tooLong: true };

  const own = (item.labels ?? []).filter(label => label.model === id);
  const { labels, lost } = attachLabels(text, own);
  const marks: AnswerMark[] = labels.map(label => ({
    kind: label.label,
    start: label.start,
    end: label.end,
    label,
  }));

  const { listLines, opening, summary } = answerStructure(text);
  for (const [index, line] of listLines.entries()) {
    marks.push({ ...line, kind: 'structure', part: index === 0 ? 'list' : 'item' });
  }
  if (opening) marks.push({ ...opening, kind: 'structure', part: 'opening' });
  if (summary) marks.push({ ...summary, kind: 'structure', part: 'summary' });

  if (pair) marks.push(...comparedMarks(item, id, text, pair));
  return { marks, lost, tooLong: false };
}

/** Adds the matches of `query` in a text to its highlights. */
export function withMatches(answer: AnswerMarks, text: string, query: string): AnswerMarks {
  if (query === '' || answer.tooLong) return answer;
  const matches = findMatches(text, query).map((match): AnswerMark => ({ ...match, kind: 'search' }));
  return { ...answer, marks: [...answer.marks, ...matches] };
}

function comparedMarks(item: ComparisonItem, id: string, text: string, pair: Pair): AnswerMark[] {
  const other = answerOf(item, id === pair.teacher ? pair.model : pair.teacher)?.text;
  if (other === undefined || other.length > MAX_ANALYSED) return [];
  const shared = phrases(text, unigramOverlap(text, other).left);
  const diff = wordDiff(text, other).left;
  return [...shared, ...diff.map(({ start, end }): AnswerMark => ({ kind: 'diff', start, end }))];
}

/** Joins words that only white space parts: a shared phrase reads as one. */
function phrases(text: string, words: readonly Span[]): AnswerMark[] {
  const joined: (AnswerMark & { words: number })[] = [];
  for (const { start, end } of words) {
    const last = joined.at(-1);
    if (last && text.slice(last.end, start).trim() === '') {
      last.end = end;
      last.words++;
    } else joined.push({ kind: 'shared', start, end, words: 1 });
  }
  return joined;
}

/** Counts the stretches of each kind, or overlapping words, that the answers hold together. */
export function countMarks(answers: Iterable<AnswerMarks>): Map<Highlight, number> {
  const counts = new Map<Highlight, number>();
  for (const { marks } of answers) {
    for (const { kind, words = 1 } of marks) counts.set(kind, (counts.get(kind) ?? 0) + words);
  }
  return counts;
}
