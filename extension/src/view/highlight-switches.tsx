import type { ReactElement } from 'react';
import {
  type ComparisonState,
  HIGHLIGHTS,
  type Highlight,
  type IComparisonModel,
} from '../comparison/model.ts';

interface Props {
  model: IComparisonModel;
  state: ComparisonState;
  /** Stretches of each kind in the shown answers. */
  counts: ReadonlyMap<Highlight, number>;
  /** True if the comparison holds any sentence labels. */
  labelled: boolean;
}

const NAMES: Record<Highlight, [name: string, meaning: string]> = {
  correct: ['Correct', 'Sentences labelled correct'],
  ambiguous: ['Ambiguous', 'Sentences labelled ambiguous'],
  incorrect: ['Incorrect', 'Sentences labelled incorrect'],
  shared: ['Unigram overlap', 'Words that the other answer also holds'],
  diff: ['Differences', 'Words that the other answer lacks at this place'],
  structure: ['Structure', 'Lists, opening and summary paragraphs'],
  search: ['Matches', 'Matches of the search'],
};

/** Shows one switch for each highlight; it is also the legend, for it wears the highlight and counts it. */
export function HighlightSwitches({ model, state, counts, labelled }: Props): ReactElement {
  const shown = HIGHLIGHTS.filter(highlight => {
    if (highlight === 'search') return state.query !== '';
    if (highlight === 'shared' || highlight === 'diff') return state.pair !== null;
    return highlight === 'structure' || labelled;
  });
  return (
    <fieldset className="il-Switches">
      <legend className="il-Quiet">Highlight</legend>
      {shown.map(highlight => (
        <button
          key={highlight}
          type="button"
          className="il-Switch"
          aria-pressed={state.highlights.has(highlight)}
          title={NAMES[highlight][1]}
          onClick={() => model.toggle(highlight)}
        >
          <span className="il-Swatch">
            <span className={`il-Tag il-tag-${highlight}`} aria-hidden="true" />
            <span className={`il-Mark il-mark-${highlight}`}>{NAMES[highlight][0]}</span>
          </span>
          <span className="il-Count">{(counts.get(highlight) ?? 0).toLocaleString('en')}</span>
        </button>
      ))}
    </fieldset>
  );
}
