import { type KeyboardEvent, type ReactElement, type RefObject, useMemo } from 'react';
import { type ComparisonState, categories, type IComparisonModel } from '../comparison/model.ts';
import { PromptList } from './prompt-list.tsx';

interface Props {
  model: IComparisonModel;
  state: ComparisonState;
  searchRef: RefObject<HTMLInputElement>;
}

/** Shows search, category filter and the list of what passes them. */
export function PromptPane({ model, state, searchRef }: Props): ReactElement | null {
  const { comparison, query, category, selection } = state;
  const counts = useMemo(() => categories(comparison.items), [comparison]);
  if (comparison.items.length <= 1) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (move) model.step(event.shiftKey ? -move : move);
    else if (event.key === 'Escape' && query !== '') {
      // The first Escape empties the field, the next one leaves for the notebook.
      model.search('');
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };

  return (
    <nav className="il-Prompts" aria-label="Prompts">
      <div className="il-Filter">
        <input
          ref={searchRef}
          type="search"
          className="il-Search"
          placeholder="Search"
          aria-label="Search prompts and answers"
          title="Search (/)"
          value={query}
          onChange={event => model.search(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {counts.size > 0 && (
          <select
            className="il-Select"
            aria-label="Category"
            value={category === null ? '' : `=${category}`}
            onChange={({ target }) => model.filter(target.value === '' ? null : target.value.slice(1))}
          >
            <option value="">All categories</option>
            {[...counts].map(([name, size]) => (
              <option key={name} value={`=${name}`}>
                {name} ({size.toLocaleString('en')})
              </option>
            ))}
          </select>
        )}
        <output className="il-Quiet il-Found">
          {selection.length === comparison.items.length
            ? `All ${selection.length.toLocaleString('en')}`
            : `${selection.length.toLocaleString('en')} of ${comparison.items.length.toLocaleString('en')}`}
        </output>
      </div>
      {selection.length > 0 ? (
        <PromptList model={model} state={state} />
      ) : (
        <p className="il-Empty">No prompt or answer matches.</p>
      )}
    </nav>
  );
}
