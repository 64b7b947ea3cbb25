import { parseLooseJson } from './json-values.ts';
import type { ParsedDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { isRecord } from './row.ts';
import { zipEntries } from './zip-entries.ts';

/**
 * Parses a log of inspect_ai in its `.eval` format, an archive of a header and a file for each sample, as the object
 * that it writes in its JSON format.
 *
 * @throws {ReadError} if it is no such archive, or damaged.
 */
export function parseInspectArchive(bytes: Uint8Array, name: string): ParsedDocument {
  const files = zipEntries(bytes, name, file => /^(header|samples\/.*)\.json$/.test(file));
  const contents = files.map(({ name: file, bytes: content }) => ({ file, value: jsonOf(content) }));
  const header = contents.find(({ file }) => file === 'header.json')?.value;
  if (!isRecord(header)) {
    const found = files.length === 0 ? 'another archive' : shown(header);
    throw new ReadError({ at: name, required: 'a log of inspect_ai with its header', found });
  }
  const samples = contents.filter(({ file }) => file !== 'header.json').map(({ value }) => value);
  return { name, rows: [], whole: { ...header, samples } };
}

/** Parses a file of the archive; null where it holds no JSON. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseLooseJson(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
