import type { StudyRow } from '../../schema.ts';
import { ABILITY_MEASURES } from '../measure/index.ts';

/**
 * Counts the rows that are missing for every model but the teachers to be measured in the same forms, in every seed. A
 * form of prompt that figures do not draw follows the name of a measure: `facts.exact-match.chat`.
 *
 * @returns null where an ability is measured in fewer than two forms.
 */
export function missingForms(rows: readonly StudyRow[]): number | null {
  const own = rows.filter(({ model, value }) => !model.startsWith('teacher') && value !== null);
  const forms = ABILITY_MEASURES.map(ability => [
    ...new Set(
      own.map(({ measure }) => measure).filter(name => name === ability || name.startsWith(`${ability}.`)),
    ),
  ]);
  if (forms.some(names => names.length < 2)) return null;
  const keyOf = ({ model, size, budget }: StudyRow) => JSON.stringify([model, size, budget]);
  const models = [...new Set(own.map(keyOf))];
  const seeds = [...new Set(own.map(({ seed }) => seed))];
  const found = new Set(own.map(row => `${keyOf(row)} ${row.seed} ${row.measure}`));
  return models.flatMap(key =>
    seeds.flatMap(seed => forms.flat().filter(name => !found.has(`${key} ${seed} ${name}`))),
  ).length;
}
