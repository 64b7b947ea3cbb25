import { type ColumnTable, table as newTable } from 'arquero';
import { bleu, exactMatch, rouge } from '../text/index.ts';

/** Options of {@link scoreTexts}. */
export interface ScoreTextsOptions {
  /** The column of predictions. A null there, such as a failed call, has no scores. */
  prediction: string;
  /** The column of references, each a text or a list of texts. */
  reference: string;
  /** Compares stems in ROUGE; default false. */
  stem?: boolean;
}

/**
 * Scores the texts of each row of a table: `bleu`, `rouge1`, `rouge2` and `rougeL` in percent, `exactMatch` 1 or 0;
 * null where there is no prediction or no reference. Of several references ROUGE is the best one's.
 *
 * @throws {RangeError} if a column is not there.
 * @example
 * // Given table, op.
 * scoreTexts(table, { prediction: 'prediction', reference: 'reference' }).rollup({ rougeL: op.mean('rougeL') })
 */
export function scoreTexts(table: ColumnTable, options: ScoreTextsOptions): ColumnTable {
  const { prediction, reference, stem = false } = options;
  for (const column of [prediction, reference])
    if (!table.columnNames().includes(column))
      throw new RangeError(
        `Cannot score texts: a column ${column} is required, found ${table.columnNames().join(', ')}`,
      );
  const scored = table.objects().map(row => {
    const { [prediction]: text, [reference]: wanted } = row as Record<string, unknown>;
    const references = [wanted].flat().filter(one => typeof one === 'string');
    if (typeof text !== 'string' || references.length === 0) return NO_SCORES;
    const rouges = references.map(one => rouge(text, one, { stem }));
    const best = (measure: 'rouge1' | 'rouge2' | 'rougeL') =>
      100 * Math.max(...rouges.map(found => found[measure].f1));
    return {
      bleu: bleu(text, references),
      rouge1: best('rouge1'),
      rouge2: best('rouge2'),
      rougeL: best('rougeL'),
      exactMatch: exactMatch(text, references) ? 1 : 0,
    };
  });
  const columns = METRICS.map(metric => [metric, scored.map(row => row[metric])]);
  return table.reify().assign(newTable(Object.fromEntries(columns)));
}

const METRICS = ['bleu', 'rouge1', 'rouge2', 'rougeL', 'exactMatch'] as const;
type Scores = Record<(typeof METRICS)[number], number | null>;
const NO_SCORES: Scores = { bleu: null, rouge1: null, rouge2: null, rougeL: null, exactMatch: null };
