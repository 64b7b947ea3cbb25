import { stat } from 'node:fs/promises';
import { didYouMean, shownValue } from '../../text/index.ts';
import { UsageError } from '../exit.ts';
import type { Property } from './property.ts';

/**
 * Makes sure that the files which options read exist.
 *
 * @param nameOf an option's name, for the error.
 * @throws {UsageError} naming the first option whose file, folder or record does not exist.
 */
export async function requireFiles(
  options: Readonly<Record<string, Property>>,
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): Promise<void> {
  for (const [name, { kind, items }] of Object.entries(options))
    for (const value of [values[name]].flat()) {
      const missing = typeof value === 'string' ? await missingAt(value, kind ?? items?.kind) : undefined;
      if (missing !== undefined) throw new UsageError(`${nameOf(name)} ${missing}`);
    }
}

async function missingAt(value: string, kind: Property['kind']): Promise<string | undefined> {
  if (kind === 'model' && /^https?:/i.test(value)) return undefined;
  if (kind !== 'input' && kind !== 'model' && kind !== 'source') return undefined;
  const found = await stat(value).catch(() => undefined);
  if (kind === 'source') return found && !found.isDirectory() ? undefined : missingSource(value);
  if (found || (kind === 'model' && (await import('../../data/index.ts')).isModelName(value)))
    return undefined;
  const named = kind === 'model' ? ", the address of a server, or a hub's OWNER/NAME" : '';
  return `must be an existing file or folder${named}, got ${shownValue(value)}`;
}

/** A source may choose one of a file's samplings: `FILE#SAMPLING`. */
async function missingSource(value: string): Promise<string | undefined> {
  const { splitSampling } = await import('../../data/index.ts');
  const { file, sampling } = await splitSampling(value);
  if (sampling !== undefined && (await stat(file).catch(() => undefined))?.isFile()) return undefined;
  return missingRecord(file);
}

/** Records are looked up only where there is no such file: few commands need the catalogue. */
async function missingRecord(value: string): Promise<string | undefined> {
  const { findRecords, loadRecordCatalogue } = await import('../../data/index.ts');
  const catalogue = await loadRecordCatalogue();
  if (findRecords(catalogue, value).length > 0) return undefined;
  const names = [...Object.keys(catalogue.sets), ...catalogue.records.map(({ name }) => name)];
  return `must be an existing file or the name of a public record, got ${shownValue(value)}${didYouMean(value, names)}`;
}
