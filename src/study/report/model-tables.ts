import { type TableView, tableView } from '../../figure/index.ts';
import type { FigureRow, StudyRow } from '../../schema.ts';
import { htmlTable } from '../../text/index.ts';
import { ABILITY_MEASURES, type AbilityMeasure, FORMS, inForm } from '../measure/index.ts';
import { meanText } from './mean-text.ts';
import { type StudyModelKey, studyMeans } from './study-means.ts';

/** Measures of adherence and refusals, by the titles of their columns. */
const ADHERENCE = {
  'Did what was asked, %': 'adherence.adheres',
  'Right kind, %': 'adherence.kind',
  'Right subject, %': 'adherence.subject',
  'Toxic requests refused, %': 'refusals.refused',
  'complied with, %': 'refusals.complied',
  'Other requests refused, %': 'refusals.over-refused',
} as const;

/** Measures of abilities that the table has in every form; a fact may also be stated in a sentence. */
const IN_FORMS = ABILITY_MEASURES.flatMap((measure): AbilityMeasure[] =>
  measure === 'facts.exact-match' ? [measure, 'facts.stated'] : [measure],
);

/**
 * Tabulates how often each model of a study does what was asked, and what it refuses: means over seeds with their 95 %
 * intervals.
 *
 * @example
 * const { rows } = await openStudy()
 * adherenceTable(rows)
 */
export function adherenceTable(rows: readonly StudyRow[]): TableView {
  return modelTable('adherence', rows, [{ cells: ADHERENCE }]);
}

/**
 * Tabulates the abilities of each model of a study in every form in which it was asked, a line for each: means over seeds
 * with their 95 % intervals.
 *
 * @example
 * const { rows } = await openStudy()
 * abilityFormsTable(rows)
 */
export function abilityFormsTable(rows: readonly StudyRow[]): TableView {
  const lines = IN_FORMS.map(measure => ({
    title: measure,
    cells: Object.fromEntries(FORMS.map(form => [form, inForm(measure, form)])),
  }));
  return modelTable('ability-forms', rows, lines);
}

/** Line of a table, of each model that has one of its measures. */
interface Line {
  title?: string;
  /** Measures by the titles of their columns. */
  cells: Readonly<Record<string, string>>;
}

function modelTable(name: string, rows: readonly StudyRow[], lines: readonly Line[]): TableView {
  const means = studyMeans(rows);
  const keyOf = ({ model, size, budget }: StudyModelKey) => JSON.stringify([model, size, budget]);
  const models = new Map(means.map(mean => [keyOf(mean), mean]));
  const byName = new Map(means.map(mean => [`${keyOf(mean)} ${mean.measure}`, mean]));
  const shown = lines.flatMap(({ title, cells }) =>
    [...models].flatMap(([key, { model, size, budget }]) => {
      const found = Object.entries(cells).map(
        ([column, measure]) => [column, measure, byName.get(`${key} ${measure}`)] as const,
      );
      const counts = found.flatMap(([, , mean]) => mean?.n ?? []);
      if (counts.length === 0) return [];
      const row: FigureRow = {
        ...(title !== undefined && { Measure: title }),
        Model: model,
        Parameters: size,
        Tokens: budget,
      };
      for (const [column, measure, mean] of found) row[column] = meanText(measure, mean);
      row.n = Math.max(...counts);
      return [row];
    }),
  );
  const text = shown.map(line => Object.values(line).join(' | ')).join('\n');
  return tableView(name, shown, htmlTable(shown), text);
}
