import { Fragment, type ReactElement, useMemo } from 'react';
import type { AnswerMark } from '../comparison/answer-marks.ts';
import { segments } from '../comparison/segments.ts';
import { classesOf, tagOf, tooltipOf } from './mark-classes.ts';

/** Shows a raw text with its marks, exact to the code unit. Only text nodes: nothing in it is read as HTML. */
export function MarkedText({ text, marks }: { text: string; marks: readonly AnswerMark[] }): ReactElement {
  const parts = useMemo(() => segments(text.length, marks), [text, marks]);
  return (
    <div className="il-RawText" dir="auto">
      {parts.map(segment => {
        const piece = text.slice(segment.start, segment.end);
        if (segment.marks.length === 0) return piece;
        const tags = segment.marks.filter(mark => mark.start === segment.start).map(tagOf);
        return (
          <Fragment key={segment.start}>
            {tags.map(
              tag =>
                tag && <span key={tag.label} className={tag.className} role="img" aria-label={tag.label} />,
            )}
            <span className={classesOf(segment)} title={tooltipOf(segment)}>
              {piece}
            </span>
          </Fragment>
        );
      })}
    </div>
  );
}
