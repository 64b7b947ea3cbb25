import type { Evidence } from '../schema.ts';
import { mean, quantile } from '../stats/index.ts';
import { hasList, hasSummary, htmlTable, splitWords } from '../text/index.ts';
import { type TableView, tableView } from './views.ts';

/** Example that a model imitates: a query with the teacher's answer, its set and category. */
export interface CollectedInstruction {
  /** Name of the set that it belongs to. */
  set: string;
  evidence: Evidence;
  id: string;
  /** One of Table 6's. */
  category: string;
  query: string;
  answer: string;
}

/**
 * Tabulates the composition of imitation data: a row for each set and category, with the length of its queries and
 * answers, and how often the teacher's answer has a list or a summary paragraph. All instructions are counted, so
 * nothing is estimated.
 *
 * @example
 * const { manifest } = await openStudy();
 * imitationCompositionTable(imitationData(manifest.scale, 1))
 */
export function imitationCompositionTable(data: readonly CollectedInstruction[]): TableView {
  const sets = [...new Set(data.map(({ set }) => set))].map(set => data.filter(one => one.set === set));
  const rows = sets.flatMap(byCategory).flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const { set, evidence, category } = first;
    const answers = group.map(({ answer }) => answer);
    return [
      {
        set,
        evidence,
        category,
        n: group.length,
        queryWords: median(group.map(({ query }) => query)),
        answerWords: median(answers),
        lists: share(answers, hasList),
        summaries: share(answers, hasSummary),
      },
    ];
  });
  const lines = rows.map(row => ({
    Set: row.set,
    Category: row.category,
    n: row.n,
    'Words of the query, median': row.queryWords,
    'Words of the answer, median': row.answerWords,
    'Answers with a list': `${row.lists.toFixed(0)} %`,
    'Answers with a summary': `${row.summaries.toFixed(0)} %`,
  }));
  const text = lines.map(line => Object.values(line).join(' | '));
  return tableView('fig6-composition', rows, htmlTable(lines), text.join('\n'));
}

/** Groups the instructions of one set by category, the most frequent first. */
function byCategory(set: readonly CollectedInstruction[]): CollectedInstruction[][] {
  const categories = [...new Set(set.map(({ category }) => category))];
  return categories
    .map(category => set.filter(one => one.category === category))
    .sort((a, b) => b.length - a.length);
}

function median(texts: readonly string[]): number | null {
  const lengths = texts.map(text => splitWords(text).length);
  return quantile(lengths, 0.5);
}

/** Computes the share of texts that have a property, in percent. */
function share(texts: readonly string[], has: (text: string) => boolean): number {
  return 100 * (mean(texts.map(text => Number(has(text)))) ?? 0);
}
