import type { AnswerMark } from '../comparison/answer-marks.ts';
import type { Segment } from '../comparison/segments.ts';

/** A small sign where a mark begins: an icon for truth, a word for structure. It is no part of the text. */
export interface Tag {
  /** CSS class, which draws the sign. */
  className: string;
  /** Label for those who do not see it. */
  label: string;
}

/** Returns the CSS classes of a segment: one for each kind of mark in it. */
export function classesOf({ marks }: Segment<AnswerMark>): string {
  return ['il-Mark', ...new Set(marks.map(mark => `il-mark-${mark.kind}`))].join(' ');
}

/** Returns the sign at the beginning of a mark; `null` for kinds that have none. */
export function tagOf({ kind, part, label }: AnswerMark): Tag | null {
  if (label) return { className: `il-Tag il-tag-${kind}`, label: describe(label) };
  if (part && part !== 'item') return { className: `il-Tag il-tag-${part}`, label: part };
  return null;
}

/** Returns a segment's tooltip: what was called true or false, and by whom. */
export function tooltipOf({ marks }: Segment<AnswerMark>): string | undefined {
  return marks.flatMap(({ label }) => (label ? [describe(label)] : [])).join('\n') || undefined;
}

const SOURCES = { human: 'labelled by', judge: 'judged by', truth: 'from known truth:' } as const;

/** `incorrect, judged by gpt-4`. */
function describe({ label, source, annotator }: NonNullable<AnswerMark['label']>): string {
  return `${label}, ${SOURCES[source]} ${annotator}`;
}
