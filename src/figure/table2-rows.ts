import type { PaperTable2 } from '../data/index.ts';
import type { StyleMeasure, Table2Row } from '../published/index.ts';
import type { Evidence, StudyRow } from '../schema.ts';
import type { Trials } from '../stats/index.ts';
import { strataDifference } from '../text/index.ts';
import { tokensText } from './plot-parts.ts';
import type { StudyMeasure, StudyMeasureName } from './study-measures.ts';
import { sizeWithMostBudgets } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/** A measure of Table 2: its name in rows, its words in the paper, and how its values print. */
export interface Table2Measure {
  name: StyleMeasure | 'authoritative';
  label: string;
  short: string;
  unit: 'share' | 'difference' | 'percent' | 'correlation';
}

/** The paper's five measures, in its order, with the converse of its two shares and the difference J of each. */
export const TABLE2_MEASURES: readonly Table2Measure[] = [
  {
    name: 'list',
    label: 'If the teacher outputs a list, do we?',
    short: 'Lists',
    unit: 'share',
  },
  {
    name: 'listWithout',
    label: 'If the teacher outputs no list, do we?',
    short: 'Lists where the teacher has none',
    unit: 'share',
  },
  {
    name: 'listDifference',
    label: 'J of lists: the difference',
    short: 'J of lists',
    unit: 'difference',
  },
  {
    name: 'summary',
    label: 'If the teacher outputs a summary paragraph, do we?',
    short: 'Summaries',
    unit: 'share',
  },
  {
    name: 'summaryWithout',
    label: 'If the teacher outputs no summary paragraph, do we?',
    short: 'Summaries where the teacher has none',
    unit: 'share',
  },
  {
    name: 'summaryDifference',
    label: 'J of summaries: the difference',
    short: 'J of summaries',
    unit: 'difference',
  },
  {
    name: 'unigram',
    label: 'Unigram intersection with the teacher’s output',
    short: 'Unigram overlap',
    unit: 'percent',
  },
  {
    name: 'length',
    label: 'Pearson correlation in length with the teacher’s output',
    short: 'Length',
    unit: 'correlation',
  },
  {
    name: 'authoritative',
    label: 'Outputs are in authoritative tone according to GPT-4',
    short: 'Authoritative tone',
    unit: 'share',
  },
];

/**
 * Returns the printed cells of Table 2, one row each. The paper prints neither n nor intervals: both are null.
 *
 * @example
 * reportedTable2Rows(await loadPaperData('table2'))[0]?.model // 'LLaMA'
 */
export function reportedTable2Rows(paper: PaperTable2): Table2Row[] {
  return Object.entries(paper.measures).flatMap(([measure, values]) =>
    values.map((value, column) => ({
      records: 'Paper',
      evidence: 'reported' as const,
      teacher: 'ChatGPT',
      model: paper.columns[column] ?? '',
      measure,
      value,
      low: null,
      high: null,
      n: null,
      seeds: null,
    })),
  );
}

/**
 * Computes the cells of Table 2 from a study's rows: the base model, broad imitation by budget, and the second
 * teacher sample, which is the ceiling; at the size that was trained on most budgets. A difference J that is not
 * recorded is computed for each seed from its two shares, where both are recorded.
 *
 * @see Gudibande et al. 2023, Table 2
 * @example
 * const { rows } = await openStudy();
 * table2(liveTable2Rows(rows))
 */
export function liveTable2Rows(rows: readonly StudyRow[]): Table2Row[] {
  const size = sizeWithMostBudgets(rows);
  const budgets = studyPoints(rows, 'budget', { model: 'broad', measure: 'style.list', size }).map(
    ({ x }) => x,
  );
  const models = [
    { name: 'Base model', model: 'base' as const, size, budget: null },
    ...budgets.map(budget => ({ name: tokensText(budget), model: 'broad' as const, size, budget })),
    { name: 'Teacher #2', model: 'teacher-again' as const, size: null, budget: null },
  ];
  const all = [
    ...rows,
    ...[LIST_DIFFERENCE, SUMMARY_DIFFERENCE].flatMap(difference => missingDifferences(rows, difference)),
  ];
  return models.flatMap(({ name, ...selected }) =>
    Object.entries(LIVE_MEASURES).flatMap(([measure, recorded]) => {
      const [point] = studyPoints(all, 'budget', { ...selected, measure: recorded });
      if (point === undefined) return [];
      const { value, low, high, n, seeds } = point;
      const shared = { records: 'Live study', evidence: 'live' as const, teacher: 'Teacher', model: name };
      return [{ ...shared, measure, value, low, high, n, seeds }];
    }),
  );
}

/** A difference J of a study's rows, and the measures of its two shares. */
interface Difference extends StudyMeasure {
  having: string;
  without: string;
}

const LIST_DIFFERENCE: Difference = {
  name: 'style.list-difference',
  label: 'J of lists',
  unit: 'difference',
  having: 'style.list',
  without: 'style.no-list',
};

const SUMMARY_DIFFERENCE: Difference = {
  name: 'style.summary-difference',
  label: 'J of summaries',
  unit: 'difference',
  having: 'style.summary',
  without: 'style.no-summary',
};

/** Measures that a study records, or that its rows determine, by the names of Table 2. */
const LIVE_MEASURES: Partial<Record<StyleMeasure, StudyMeasureName | StudyMeasure>> = {
  list: 'style.list',
  listWithout: 'style.no-list',
  listDifference: LIST_DIFFERENCE,
  summary: 'style.summary',
  summaryWithout: {
    name: SUMMARY_DIFFERENCE.without,
    label: 'Summaries where the teacher has none',
    unit: 'share',
  },
  summaryDifference: SUMMARY_DIFFERENCE,
  unigram: 'style.unigram',
  length: 'style.length',
};

/** Computes the differences J of each seed that rows do not hold, without an interval over its prompts. */
function missingDifferences(rows: readonly StudyRow[], difference: Difference): StudyRow[] {
  const keyOf = ({ model, size, budget, seed }: StudyRow) => JSON.stringify([model, size, budget, seed]);
  const byKey = (name: string) =>
    new Map(rows.filter(({ measure }) => measure === name).map(row => [keyOf(row), row]));
  const [recorded, without] = [byKey(difference.name), byKey(difference.without)];
  return rows.flatMap(row => {
    const key = keyOf(row);
    const converse = without.get(key);
    if (row.measure !== difference.having || converse === undefined || recorded.has(key)) return [];
    const estimate = strataDifference(trialsOf(row), trialsOf(converse));
    return [{ ...row, measure: difference.name, ...estimate }];
  });
}

function trialsOf({ value, n }: StudyRow): Trials {
  return { successes: Math.round((value ?? 0) * n), n };
}

/** A model of Table 2, and the set of records it was measured on. */
export type Table2Model = Pick<Table2Row, 'records' | 'evidence' | 'model'>;

/** Groups the models by set of records, each in order of appearance. */
export function modelsByRecords(rows: readonly Table2Row[]): Table2Model[][] {
  const sets = new Map<string, Map<string, Table2Model>>();
  for (const { records, evidence, model } of rows) {
    const models = sets.get(records) ?? new Map<string, Table2Model>();
    sets.set(records, models.set(model, { records, evidence, model }));
  }
  return [...sets.values()].map(models => [...models.values()]);
}

/** Finds the cell of a model and measure; undefined if it was not computed. */
export function cellOf(
  rows: readonly Table2Row[],
  model: Table2Model,
  measure: Table2Measure,
): Table2Row | undefined {
  return rows.find(
    row => row.records === model.records && row.model === model.model && row.measure === measure.name,
  );
}

/** Formats a cell: its value, then its interval and n, as far as known; or why it has none. */
export function cellText(
  row: Table2Row | undefined,
  measure: Table2Measure,
  { evidence }: Pick<Table2Model, 'evidence'>,
): string[] {
  if (row === undefined) return [absent(measure, evidence)];
  if (row.value === null)
    return [
      measure.unit === 'difference'
        ? `too few prompts (n ${row.n ?? 0})`
        : `no such prompt (n ${row.n ?? 0})`,
    ];
  const value = print(row.value, measure);
  if (row.low === null || row.high === null) return row.n === null ? [value] : [value, `n ${row.n}`];
  return [value, `[${print(row.low, measure)}, ${print(row.high, measure)}]`, `n ${row.n}`];
}

function absent({ name }: Table2Measure, evidence: Evidence): string {
  if (name === 'authoritative') return 'reported only';
  return evidence === 'reported' ? 'not printed' : '–';
}

function print(value: number, measure: Table2Measure): string {
  if (measure.unit === 'percent') return value.toFixed(1);
  if (measure.unit === 'share') return `${(100 * value).toFixed(0)}\u00a0%`;
  return value.toFixed(2).replace('-', '−');
}
