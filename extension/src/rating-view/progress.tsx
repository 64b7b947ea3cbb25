import type { ReactElement, RefObject } from 'react';
import type { AnnotationLog } from '../rating/annotation-log.ts';
import type { RatingState } from '../rating/rating-model.ts';
import { count } from '../view/format.ts';

interface Props {
  state: RatingState;
  log: AnnotationLog;
  headingRef: RefObject<HTMLHeadingElement>;
  onRename: () => void;
}

/** Shows how many pairs the annotator rated, who that is, and whether every vote is in the file. */
export function Progress({ state, log, headingRef, onRename }: Props): ReactElement {
  const { step, rated, total, annotator } = state;
  const at = Math.min(step.kind === 'named' ? rated : rated + 1, total);
  const heading = {
    naming: 'Blind rating',
    rating: `Pair ${at.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    named: `Pair ${at.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    done: 'Nothing left to rate',
    revealed: 'Results',
  }[step.kind];
  return (
    <header className="il-RatingHeader">
      <h2 ref={headingRef} tabIndex={-1}>
        {heading}
      </h2>
      {annotator !== null && (
        <>
          <progress value={rated} max={Math.max(total, 1)} aria-label="Pairs rated" />
          <span className="il-Quiet">
            {rated.toLocaleString('en')} rated, {(total - rated).toLocaleString('en')} left
          </span>
          <output className={`il-Saved${log.problem === null ? '' : ' il-mod-problem'}`}>
            {log.problem !== null
              ? `${count(log.unsaved, 'vote')} kept in this browser, not in the file yet: ${log.problem}`
              : log.unsaved > 0
                ? 'Saving …'
                : 'Saved'}
          </output>
          <span className="il-Annotator">
            {annotator}{' '}
            <button type="button" className="il-Button" onClick={onRename}>
              Not you?
            </button>
          </span>
        </>
      )}
    </header>
  );
}
