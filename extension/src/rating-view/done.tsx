import type { ReactElement } from 'react';
import type { RatingModel, RatingState } from '../rating/rating-model.ts';
import { count } from '../view/format.ts';

/** Shows that everything is rated; names are hidden still. */
export function Done({ state, model }: { state: RatingState; model: RatingModel }): ReactElement {
  const { rated, task, canUndo } = state;
  return (
    <div className="il-Done">
      <p>
        {rated > 0 ? `You have rated ${count(rated, 'pair')}. ` : ''}
        Every other pair has its {count(task.raters, 'rater')}.
      </p>
      <p>The models’ names are still hidden. Once you show them, your votes are final.</p>
      <div className="il-Actions">
        <button type="button" className="il-Button il-mod-primary" onClick={() => model.reveal()}>
          Show names and results
        </button>
        <button type="button" className="il-Button" disabled={!canUndo} onClick={() => model.undo()}>
          <kbd>u</kbd> Undo the last vote
        </button>
      </div>
    </div>
  );
}
