import { ReadError, type SkippedRow, shown } from './read-error.ts';
import { isRecord, type Row } from './row.ts';
import { ValueScanner } from './value-scanner.ts';

/** Records of a file, and those that could not be read. */
export interface Records {
  rows: Row[];
  skipped: SkippedRow[];
}

/**
 * Reads the records of JSON Lines, one object a line, or of objects one after the other that each span lines. An array
 * holds records. A broken one is skipped.
 *
 * @param text without a byte order mark.
 */
export function readJsonRecords(text: string, name: string): Records {
  const records: Records = { rows: [], skipped: [] };
  const values = new ValueScanner(text);
  for (let next = values.next(); next; next = values.next()) {
    const at = `${name}:${next.line}`;
    if ('value' in next) addValue(records, next.value, at);
    else {
      const found = shown(next.broken.trim());
      records.skipped.push(skippedRow(new ReadError({ at, required: 'one JSON object on the line', found })));
    }
  }
  return records;
}

/** Reads the values of a list as records, each named by its index. */
export function recordsIn(values: readonly unknown[], at: string): Records {
  const records: Records = { rows: [], skipped: [] };
  for (const [index, value] of values.entries()) addRecord(records, value, `${at}[${index}]`);
  return records;
}

/** Adds fields of the whole file to each of its records, which they replace. */
export function withFields({ rows, skipped }: Records, fields: Record<string, unknown>): Records {
  return { rows: rows.map(({ at, value }) => ({ at, value: { ...value, ...fields } })), skipped };
}

/** Describes a record that an error kept from being read. */
export function skippedRow(error: ReadError): SkippedRow {
  return { at: error.at, reason: error.reason };
}

function addValue(records: Records, value: unknown, at: string): void {
  if (!(Array.isArray(value) && value.some(isRecord))) addRecord(records, value, at);
  else for (const [index, item] of value.entries()) addRecord(records, item, `${at}[${index}]`);
}

function addRecord(records: Records, value: unknown, at: string): void {
  if (isRecord(value)) records.rows.push({ at, value });
  else
    records.skipped.push(skippedRow(new ReadError({ at, required: 'a JSON object', found: shown(value) })));
}
