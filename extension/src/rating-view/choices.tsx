import figure from 'imitation-lab/fig7.json';
import type { ReactElement } from 'react';
import type { RatingChoice, RatingModel, RatingState, RatingStep } from '../rating/rating-model.ts';

/** The paper's three options, and one for two outputs of which neither can be used. */
const OPTIONS: [RatingChoice, key: string, label: string][] = [
  ['left', '1', figure.options[0] ?? ''],
  ['right', '2', figure.options[1] ?? ''],
  ['tie', '3', figure.options[2] ?? ''],
  ['bad', '0', 'Both are unusable'],
];

interface Props {
  step: Extract<RatingStep, { kind: 'rating' | 'named' }>;
  state: RatingState;
  model: RatingModel;
}

/** Shows one button a choice, each with its key; undo, or on to the next pair. */
export function Choices({ step, state, model }: Props): ReactElement {
  return (
    <footer className="il-Choices">
      {step.kind === 'rating' ? (
        <fieldset>
          <legend>{figure.question}</legend>
          {OPTIONS.map(([choice, key, label]) => (
            <button
              key={choice}
              type="button"
              className={`il-Button il-Choice il-choice-${choice}`}
              aria-keyshortcuts={key}
              onClick={() => model.vote(choice)}
            >
              <kbd>{key}</kbd> {label}
            </button>
          ))}
        </fieldset>
      ) : (
        <button
          type="button"
          className="il-Button il-mod-primary"
          aria-keyshortcuts="n"
          onClick={() => model.next()}
        >
          Next pair
        </button>
      )}
      {state.task.reveal === 'end' && (
        <button
          type="button"
          className="il-Button"
          aria-keyshortcuts="u"
          disabled={!state.canUndo}
          onClick={() => model.undo()}
        >
          <kbd>u</kbd> Undo
        </button>
      )}
    </footer>
  );
}
