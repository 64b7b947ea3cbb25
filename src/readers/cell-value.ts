/**
 * Converts a value that a columnar file holds to one that JSON has: a whole number beyond what a number holds exactly,
 * 2^53, becomes its digits, a time an ISO 8601 text in UTC, and what is missing or no number null.
 */
export function cellValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(cellValue);
  if (ArrayBuffer.isView(value))
    return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (value instanceof Map) return cellRecord(value);
  if (typeof value === 'object' && value !== null) return cellRecord(Object.entries(value));
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value ?? null;
}

/** Converts the cells of a row, by the names of their columns. */
export function cellRecord(entries: Iterable<[unknown, unknown]>): Record<string, unknown> {
  return Object.fromEntries(Array.from(entries, ([key, item]) => [String(key), cellValue(item)]));
}
