import { type ColumnTable, table as newTable } from 'arquero';
import { bleu, exactMatch, rouge, rougeNote, type TokenizerName } from '../text/index.ts';

/** Options of {@link scoreTexts}. */
export interface ScoreTextsOptions {
  /** The column of predictions. A null there, such as a failed call, has no scores. */
  prediction: string;
  /** The column of references, each a text or a list of texts. */
  reference: string;
  /** Compares stems in ROUGE; default false. */
  stem?: boolean;
  /** Tokens that BLEU and ROUGE count; default those of `13a` in BLEU, and words of a–z and 0–9 in ROUGE. */
  tokenizer?: TokenizerName | undefined;
  /** Receives one sentence where ROUGE sees no word of some texts; default `console.warn`. */
  onNote?: ((note: string) => void) | undefined;
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
  const { prediction, reference, stem = false, tokenizer, onNote = console.warn } = options;
  for (const column of [prediction, reference])
    if (!table.columnNames().includes(column))
      throw new RangeError(
        `Cannot score texts: a column ${column} is required, found ${table.columnNames().join(', ')}`,
      );
  const rows = table.objects().map(row => {
    const { [prediction]: text, [reference]: wanted } = row as Record<string, unknown>;
    const references = [wanted].flat().filter(one => typeof one === 'string');
    return typeof text === 'string' && references.length > 0 ? { text, references } : null;
  });
  const texts = rows.flatMap(row => (row === null ? [] : [row.text, ...row.references]));
  const note = rougeNote(texts, tokenizer);
  if (note !== undefined) onNote(note);
  const scored = rows.map(row => {
    if (row === null) return NO_SCORES;
    const { text, references } = row;
    const rouges = references.map(one => rouge(text, one, { stem, tokenizer }));
    const best = (measure: 'rouge1' | 'rouge2' | 'rougeL') =>
      100 * Math.max(...rouges.map(found => found[measure].f1));
    return {
      bleu: bleu(text, references, { tokenizer }),
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
