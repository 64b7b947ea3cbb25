import type { FocusEvent, KeyboardEvent, ReactElement } from 'react';

/** More rows than anyone reads; the count above them stays exact. */
const MAX_LISTED = 500;

interface Props {
  /** Words after their number. */
  name: string;
  explanation: string;
  /** Prompt id, and what is wrong with it. */
  rows: readonly (readonly [promptId: string, problem: string])[];
}

/** Shows what a join left over: its number, and a list that opens. Nothing where there is nothing. */
export function Leftovers({ name, explanation, rows }: Props): ReactElement | null {
  if (rows.length === 0) return null;
  const hidden = rows.length - MAX_LISTED;
  return (
    <details className="il-Leftovers" onBlur={closeOnLeaving} onKeyDown={closeOnEscape}>
      <summary>
        {rows.length.toLocaleString('en')} {name}
      </summary>
      <div className="il-Popup" tabIndex={-1}>
        <p>{explanation}</p>
        <dl tabIndex={0}>
          {rows.slice(0, MAX_LISTED).map(([promptId, problem], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: ids repeat, and the rows never move.
            <div key={index}>
              <dt>{promptId}</dt>
              <dd>{problem}</dd>
            </div>
          ))}
        </dl>
        {hidden > 0 && <p>and {hidden.toLocaleString('en')} more</p>}
      </div>
    </details>
  );
}

function closeOnLeaving({ currentTarget, relatedTarget }: FocusEvent<HTMLDetailsElement>): void {
  if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
}

function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== 'Escape' || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.stopPropagation();
}
