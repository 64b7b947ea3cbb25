import type { ReactElement } from 'react';
import type { ComparisonState, IComparisonModel, Reading } from '../comparison/model.ts';

const READINGS: [Reading, string][] = [
  ['markdown', 'Markdown'],
  ['text', 'Text'],
];

/** Switches the presentation of answers: rendered or raw. */
export function ReadingSwitch({
  model,
  state,
}: {
  model: IComparisonModel;
  state: ComparisonState;
}): ReactElement {
  return (
    <fieldset className="il-Group il-mod-end" aria-label="Show answers as">
      {READINGS.map(([value, label]) => (
        <button
          key={value}
          type="button"
          className="il-Button"
          aria-pressed={state.reading === value}
          onClick={() => model.read(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
