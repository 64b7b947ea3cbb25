import type { ReactElement } from 'react';
import type { ComparisonState, IComparisonModel, Reading } from '../comparison/model.ts';

interface Props {
  model: IComparisonModel;
  state: ComparisonState;
  listOpen: boolean;
  onToggleList: () => void;
}

const READINGS: [Reading, string][] = [
  ['markdown', 'Markdown'],
  ['text', 'Text'],
];

/** Previous and next, the place in the selection, and how answers are set. */
export function Navigation({ model, state, listOpen, onToggleList }: Props): ReactElement {
  const { selection, current, reading, comparison } = state;
  const at = selection.indexOf(current);
  return (
    <div className="il-Navigation">
      {comparison.items.length > 1 && (
        <>
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
        </>
      )}
      <fieldset className="il-Group il-mod-end" aria-label="Show answers as">
        {READINGS.map(([value, label]) => (
          <button
            key={value}
            type="button"
            className="il-Button"
            aria-pressed={reading === value}
            onClick={() => model.read(value)}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
