import type { Comparison } from 'imitation-lab/schema';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { count } from './format.ts';

interface Props {
  comparison: Comparison;
  children: ReactNode;
}

/** Title, size, the prompts that could not be paired (counted, and listed on demand), and what else is given. */
export function Header({ comparison, children }: Props): ReactElement {
  const { title, items, answers, unmatched = [] } = comparison;
  const label = (id: string) => answers.find(answer => answer.id === id)?.label ?? id;
  return (
    <header className="il-Header">
      <h2 className="il-Title">{title ?? 'Comparison of answers'}</h2>
      <span className="il-Quiet">{count(items.length, 'prompt')}</span>
      {unmatched.length > 0 && (
        <details className="il-Unmatched">
          <summary>{unmatched.length.toLocaleString('en')} unmatched</summary>
          <div className="il-Popup">
            <p>These prompts lack an answer and are not shown.</p>
            <dl tabIndex={0} aria-label="Unmatched prompts">
              {unmatched.slice(0, MAX_LISTED).map(({ promptId, missing }) => (
                <Fragment key={promptId}>
                  <dt>{promptId}</dt>
                  <dd>no answer of {missing.map(label).join(', ')}</dd>
                </Fragment>
              ))}
            </dl>
            {unmatched.length > MAX_LISTED && (
              <p>and {(unmatched.length - MAX_LISTED).toLocaleString('en')} more</p>
            )}
          </div>
        </details>
      )}
      {children}
    </header>
  );
}

/** More rows than anyone reads; the count above them stays exact. */
const MAX_LISTED = 500;
