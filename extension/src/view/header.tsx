import type { Comparison } from 'imitation-lab/schema';
import type { ReactElement, ReactNode } from 'react';
import { count } from './format.ts';
import { Leftovers } from './leftovers.tsx';

interface Props {
  comparison: Comparison;
  children: ReactNode;
}

/** Shows title, size, and prompts that could not be joined (counted, and listed on demand), and its children. */
export function Header({ comparison, children }: Props): ReactElement {
  const { title, items, answers, unmatched = [], duplicates = [] } = comparison;
  const label = (id: string) => answers.find(answer => answer.id === id)?.label ?? id;
  return (
    <header className="il-Header">
      <h2 className="il-Title">{title ?? 'Comparison of answers'}</h2>
      <span className="il-Quiet">{count(items.length, 'prompt')}</span>
      <Leftovers
        name="unmatched"
        explanation="These prompts lack an answer and are not shown."
        rows={unmatched.map(({ promptId, missing, reason }) => [
          promptId,
          `no answer of ${missing.map(label).join(', ')}${reason === undefined ? '' : `: ${reason}`}`,
        ])}
      />
      <Leftovers
        name={duplicates.length === 1 ? 'duplicate' : 'duplicates'}
        explanation="These prompts have more than one answer of the same model; the first is shown."
        rows={duplicates.map(({ promptId, answer }) => [promptId, `another answer of ${label(answer)}`])}
      />
      {children}
    </header>
  );
}
