import type { ReactElement } from 'react';
import type { ComparisonState, IComparisonModel } from '../comparison/model.ts';

interface Props {
  model: IComparisonModel;
  state: ComparisonState;
  listOpen: boolean;
  onToggleList: () => void;
}

/** Previous and next, and the place in the selection. */
export function Navigation({ model, state, listOpen, onToggleList }: Props): ReactElement | null {
  const { selection, current, comparison } = state;
  const at = selection.indexOf(current);
  if (comparison.items.length <= 1) return null;
  return (
    <div className="il-Navigation">
      <button
        type="button"
        className="il-Button il-ListToggle"
        aria-expanded={listOpen}
        onClick={onToggleList}
      >
        Prompts
      </button>
      <fieldset className="il-Group" aria-label="Prompt">
        <button
          type="button"
          className="il-Button"
          aria-label="Previous prompt"
          title="Previous (← or p)"
          disabled={at <= 0}
          onClick={() => model.step(-1)}
        >
          ‹
        </button>
        <button
          type="button"
          className="il-Button"
          aria-label="Next prompt"
          title="Next (→ or n)"
          disabled={at + 1 >= selection.length}
          onClick={() => model.step(1)}
        >
          ›
        </button>
      </fieldset>
      <output className="il-Place">
        <b>{(at + 1).toLocaleString('en')}</b> of {selection.length.toLocaleString('en')}
      </output>
    </div>
  );
}
