import type { AnswerMark } from '../comparison/answer-marks.ts';
import type { Segment } from '../comparison/segments.ts';

/**
 * CSS classes of a segment: one per kind of mark in it, and `il-mod-start` / `il-mod-end` where a mark of that
 * kind begins or ends, so that icons and rounded corners appear once.
 */
export function classesOf({ start, end, marks }: Segment<AnswerMark>): string {
  const classes = new Set(['il-Mark']);
  for (const mark of marks) {
    const name = `il-mark-${mark.kind}`;
    classes.add(name);
    if (mark.part) classes.add(`il-part-${mark.part}`);
    if (mark.start === start) classes.add(`${name}-start`);
    if (mark.end === end) classes.add(`${name}-end`);
  }
  return [...classes].join(' ');
}

const SOURCES = { human: 'labelled by', judge: 'judged by', truth: 'from known truth,' } as const;

/** What a tooltip says about a segment: who called it true or false. */
export function describeSegment({ marks }: Segment<AnswerMark>): string | undefined {
  const lines = marks.flatMap(({ label }) =>
    label ? [`${label.label}, ${SOURCES[label.source]} ${label.annotator}`] : [],
  );
  return lines.length > 0 ? lines.join('\n') : undefined;
}
