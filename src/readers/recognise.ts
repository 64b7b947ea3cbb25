import type { ReadOptions } from './answers.ts';
import { containedRows } from './containers.ts';
import type { FileFormat } from './file-format.ts';
import { FORMATS } from './formats.ts';
import { type Records, recordsIn } from './json-records.ts';
import type { ParsedDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import type { Row } from './row.ts';
import { table } from './table/table.ts';

/** Files that are accepted, by the two plain layouts; `FORMATS` holds the others' signs. */
const REQUIRED =
  'one row a prompt (prompt and a column for each model), one row an answer (prompt, model, output), ' +
  'conversations, or the meaning of the columns (--columns)';

/** A file's records, and the format that they have. */
export interface Recognised extends Records {
  format: FileFormat;
}

/**
 * Finds the format of a document: of the whole, else the one that most of its records have. What its records are
 * wrapped in is unwrapped.
 *
 * @throws {ReadError} if none fits, or there are no records.
 */
export function recognise(document: ParsedDocument, options: ReadOptions): Recognised {
  const skipped = [...(document.skipped ?? [])];
  const stated = statedFormat(options);
  for (const format of stated ? [stated] : FORMATS) {
    const found = format.unpack?.(document);
    if (found) return { format, rows: found.rows, skipped: [...skipped, ...found.skipped] };
  }
  const records = recordsOf(document, { rows: document.rows, skipped });
  const format = stated ?? bestFormat(records.rows);
  if (format && records.rows.length > 0) return { format, ...records };
  throw unrecognised(document, records);
}

/** Returns the records, or those that the only one contains where it is none itself. */
function recordsOf({ name, whole }: ParsedDocument, { rows, skipped }: Records): Records {
  const own = whole ? [{ at: name, value: whole }] : rows;
  const [only, ...others] = own;
  if (!only || others.length > 0 || bestFormat(own)) return { rows: own, skipped };
  const contained = containedRows(only.value);
  if (!contained) return { rows: own, skipped };
  const found = recordsIn(contained, only.at);
  return { rows: found.rows, skipped: [...skipped, ...found.skipped] };
}

function unrecognised({ name }: ParsedDocument, { rows: [first], skipped: [broken] }: Records): ReadError {
  if (first) return new ReadError({ at: name, required: REQUIRED, found: shown(first.value) });
  return new ReadError(broken ?? { at: name, required: 'at least one row', found: 'none' });
}

/** Records looked at to find their format. */
const LOOKED_AT = 1000;

/** Returns the first format that at least half of the records have, else the one that most have. */
function bestFormat(rows: readonly Row[]): FileFormat | undefined {
  const looked = rows.slice(0, LOOKED_AT);
  let best: { format: FileFormat; fitting: number } | undefined;
  for (const format of FORMATS) {
    const fitting = looked.filter(row => format.fits(row)).length;
    if (fitting > 0 && fitting * 2 >= looked.length) return format;
    if (fitting > (best?.fitting ?? 0)) best = { format, fitting };
  }
  return best?.format;
}

/** @throws {ReadError} if no format has the name. */
function statedFormat({ name, format, columns }: ReadOptions): FileFormat | undefined {
  if (format === undefined) return columns && table;
  const found = FORMATS.find(known => known.name === format);
  if (found) return found;
  const names = FORMATS.map(known => known.name).join(', ');
  throw new ReadError({ at: name, required: `a format named ${names}`, found: shown(format) });
}
