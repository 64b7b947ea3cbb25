import { withDisplay } from '../notebook/index.ts';
import { COMPARISON_MIME, type Comparison } from '../schema.ts';
import { comparisonHtml } from './comparison-html.ts';

/** A comparison as it travels to a notebook: for the side-by-side view, as a table, and in words. */
export interface ComparisonBundle {
  [COMPARISON_MIME]: Comparison;
  'text/html': string;
  'text/plain': string;
}

/** Makes the MIME bundle of a comparison. */
export function comparisonBundle(comparison: Comparison): ComparisonBundle {
  return {
    [COMPARISON_MIME]: comparison,
    'text/html': comparisonHtml(comparison),
    'text/plain': comparisonSummary(comparison),
  };
}

/**
 * Summarizes the comparison in one line: `2 answers to 80 prompts: ChatGPT (teacher), Vicuna-13B; 1 prompt lacks an
 * answer`.
 */
export function comparisonSummary({
  title,
  answers,
  items,
  unmatched = [],
  duplicates = [],
}: Comparison): string {
  const columns = answers.map(({ label, role }) => (role === 'teacher' ? `${label} (teacher)` : label));
  const parts = [`${answers.length} answers to ${count(items.length, 'prompt')}: ${columns.join(', ')}`];
  if (unmatched.length > 0) parts.push(`${count(unmatched.length, 'prompt')} without all answers`);
  if (duplicates.length > 0) parts.push(`${count(duplicates.length, 'second answer')} left out`);
  return `${title === undefined ? '' : `${title}: `}${parts.join('; ')}`;
}

/** Makes the comparison able to show itself in a notebook; the method is not enumerable, so the data stays plain. */
export function displayed(comparison: Comparison): Comparison {
  const value = { ...comparison };
  return withDisplay(value, () => comparisonBundle(value));
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
