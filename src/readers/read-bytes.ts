import { decodeText } from './decode-text.ts';
import { isZip } from './is-zip.ts';
import { isArrow, parseArrow } from './parse-arrow.ts';
import { type ParsedDocument, readDocument } from './parse-document.ts';
import { isParquet, parseParquet } from './parse-parquet.ts';

/**
 * Takes the bytes of a file apart: JSON, JSON Lines, CSV or TSV in UTF-8, UTF-16 or Windows-1252, Parquet, Arrow,
 * or a log of inspect_ai in its archive.
 * Records that are broken are listed, not refused.
 *
 * @param bytes the whole file, unpacked where it was compressed by gzip.
 * @param name the file's name: its extension determines the syntax, errors repeat it.
 * @throws {ReadError} naming the file, if it is none of these.
 */
export async function readBytes(bytes: Uint8Array, name: string): Promise<ParsedDocument> {
  const file = name.replace(/\.gz$/i, '');
  if (isParquet(bytes, file)) return { name, rows: await parseParquet(bytes, name) };
  if (isArrow(bytes, file)) return { name, rows: await parseArrow(bytes, name) };
  if (isZip(bytes)) {
    // Loaded where an archive is read, so that nothing else waits for it.
    const { parseInspectArchive } = await import('./parse-inspect-archive.ts');
    return parseInspectArchive(bytes, name);
  }
  const { text, encoding, guessed } = decodeText(bytes, name);
  return { ...readDocument(text, name), ...(guessed && { guessedEncoding: encoding }) };
}
