import { useVirtualizer } from '@tanstack/react-virtual';
import type { ComparisonItem } from 'imitation-lab/schema';
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react';
import { givenId } from '../comparison/comparison-item.ts';
import { excerpt } from '../comparison/find-matches.ts';
import type { ComparisonState, IComparisonModel } from '../comparison/model.ts';
import { Matched } from './matched.tsx';

/** Height of one row in pixels: two lines and their padding. Fixed, so that no row has to be measured. */
const ROW = 48;
const PAGE = 10;

/** Shows the selected prompts; only the rows in sight exist, so a hundred thousand scroll like ten. */
export function PromptList({
  model,
  state,
}: {
  model: IComparisonModel;
  state: ComparisonState;
}): ReactElement {
  const { comparison, selection, current, query } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count: selection.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const at = selection.indexOf(current);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the place changes, not when rows do.
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: 'auto' });
  }, [at, selection]);

  const onKeyDown = (event: KeyboardEvent) => {
    const move = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
      End: selection.length,
      Home: -selection.length,
    }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    model.step(move);
  };

  const visible = rows.getVirtualItems();
  return (
    <div
      ref={scroller}
      className="il-List"
      role="listbox"
      tabIndex={0}
      aria-label="Prompts"
      aria-activedescendant={visible.some(row => row.index === at) ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="il-ListInner" style={{ height: rows.getTotalSize() }}>
        {visible.map(row => {
          const index = selection[row.index] ?? -1;
          const item = comparison.items[index];
          if (!item) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the listbox, which holds the focus.
            // biome-ignore lint/a11y/useFocusableInteractive: an option is active by aria-activedescendant.
            <div
              key={row.key}
              id={`${id}-${row.index}`}
              role="option"
              className="il-Row"
              aria-selected={index === current}
              aria-setsize={selection.length}
              aria-posinset={row.index + 1}
              style={{ height: ROW, transform: `translateY(${row.start}px)` }}
              onClick={() => model.goTo(index)}
            >
              <RowText item={item} query={query} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/**
 * Shows the prompt's first words; below, the first match inside an answer, else category and tags, else the given id.
 */
function RowText({ item, query }: { item: ComparisonItem; query: string }): ReactElement {
  const inPrompt = excerpt(item.prompt, query);
  const answers = Object.values(item.answers);
  const inAnswer =
    query && !inPrompt.found ? answers.map(a => excerpt(a.text, query)).find(e => e.found) : null;
  return (
    <>
      <span className="il-RowPrompt" dir="auto">
        <Matched text={inPrompt.text || '(empty prompt)'} query={query} />
      </span>
      <span className="il-RowNote" dir="auto">
        {inAnswer ? (
          <Matched text={inAnswer.text} query={query} />
        ) : (
          [item.category, ...(item.tags ?? [])].filter(Boolean).join(' · ') || givenId(item)
        )}
      </span>
    </>
  );
}
