import type { LanguageModel, Question } from '../chat/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import { wilson } from '../stats/index.ts';
import { inOrder } from './in-order.ts';
import { loadPaperData } from './paper.ts';

/** The category of one query, or why it has none. */
export interface QueryCategory {
  id: string;
  /** One of Table 6's; null where the judge failed or named none of them. */
  category: string | null;
  reason?: string;
}

/** Number of queries of a category, and their share. */
export interface CategoryShare {
  category: string;
  count: number;
  /** Queries that have a category. */
  n: number;
  /** Share of them, and its 95 % Wilson interval. */
  value: number;
  low: number;
  high: number;
}

/** The longest query that a judge is shown, in UTF-16 code units. */
const SHOWN = 4000;

/**
 * Sorts queries into the categories of Table 6 by asking a model, whose every answer is one of them or counts as
 * none. The paper's raters read 50 queries themselves; how far a judge agrees with them is to be reported.
 *
 * @throws the signal's reason, once it is aborted.
 * @see Gudibande et al. 2023, Table 6
 * @example
 * // Given judge.
 * await categorize(judge, [{ id: '1', text: 'Write a poem.' }])
 */
export async function categorize(
  judge: LanguageModel,
  queries: readonly Question[],
  { signal = runningSignal(), onProgress }: { signal?: AbortSignal; onProgress?: OnProgress } = {},
): Promise<QueryCategory[]> {
  const categories = (await loadPaperData('table6')).categories.map(({ category }) => category);
  const prompts = queries.map(({ id, text }) => ({ id, text: categoryPrompt(text, categories) }));
  const answers = await inOrder(judge, prompts, {
    maxTokens: 16,
    temperature: 0,
    chat: true,
    signal,
    onProgress,
  });
  return answers.map(({ promptId: id, text, error }) => {
    if (text === null) return { id, category: null, reason: error?.message ?? 'the judge gave no answer' };
    const category = namedCategory(text, categories);
    return category
      ? { id, category }
      : { id, category: null, reason: `the judge named none: ${text.slice(0, 80)}` };
  });
}

function categoryPrompt(query: string, categories: readonly string[]): string {
  return [
    'Which category does the query below belong to? Answer with the name of one category and nothing else.',
    ...categories.map(category => `- ${category}`),
    '',
    'Query:',
    query.slice(0, SHOWN),
    '',
    'Category:',
  ].join('\n');
}

/** Finds the category that an answer begins with, in any case, whatever marks are around it. */
function namedCategory(answer: string, categories: readonly string[]): string | undefined {
  const said = answer.toLowerCase().replace(/^[^\p{L}]+/u, '');
  return categories.find(category => said.startsWith(category.toLowerCase()));
}

/**
 * Computes the share of each category, the largest first; queries without one count in no share.
 *
 * @example
 * categoryShares([{ id: '1', category: 'Coding' }, { id: '2', category: null }])[0]?.value // 1
 */
export function categoryShares(rows: readonly QueryCategory[]): CategoryShare[] {
  const named = rows.flatMap(({ category }) => category ?? []);
  const counts = new Map<string, number>();
  for (const category of named) counts.set(category, (counts.get(category) ?? 0) + 1);
  const n = named.length;
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([category, count]) => {
      const { low, high } = wilson(count, n);
      return { category, count, n, value: count / n, low: low ?? 0, high: high ?? 1 };
    });
}
