import { modelsOf, type ReadOptions, type SourceContent } from './answers.ts';
import { type Collected, EntryCollector } from './collect-entries.ts';
import { skippedRow } from './json-records.ts';
import type { ParsedDocument } from './parse-document.ts';
import { ReadError } from './read-error.ts';
import { recognise } from './recognise.ts';
import { countOf, joinNames } from './source-report.ts';

/**
 * Reads what a document holds, in any known format. A record that does not fit its format is skipped and listed.
 *
 * @throws {ReadError} if no format fits, the meaning of a table's columns is ambiguous, or a record is strange and
 *   `strict` is set.
 */
export function readSource(document: ParsedDocument, options: ReadOptions): SourceContent {
  const { name } = document;
  const { format, rows, skipped } = recognise(document, options);
  if (options.sampling !== undefined && !format.samplings)
    throw new ReadError({
      at: name,
      required: `a file of several samplings to choose "${options.sampling}" from`,
      found: format.name,
    });
  const reader = format.open(rows, options);
  const entries = new EntryCollector(name);
  for (const row of rows) {
    try {
      entries.add(reader.read(row), row);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      skipped.push(skippedRow(error));
    }
  }
  const [strange] = skipped;
  if (options.strict && strange) throw new ReadError(strange);
  const collected = entries.collected();
  const { prompts, generations, ratings } = collected;
  const notes = notesOf(document, collected);
  const { kind, teacher, reference, ignored = [] } = reader;
  return {
    format: format.name,
    name,
    prompts,
    generations,
    ratings,
    report: {
      format: format.name,
      kind,
      rows: entries.rows + skipped.length,
      prompts: entries.countPrompts(),
      models: modelsOf(collected),
      ...(teacher !== undefined && { teacher }),
      ...(reference !== undefined && { reference }),
      ignored: [...ignored],
      skipped,
      ...(notes.length > 0 && { notes }),
    },
  };
}

function notesOf(
  { guessedEncoding }: ParsedDocument,
  { samples, sharedIds, generations }: Collected,
): string[] {
  const notes: string[] = [];
  if (guessedEncoding !== undefined) notes.push(`read as ${guessedEncoding}, which is guessed`);
  if (samples > 0) notes.push(`${countOf(samples, 'further sample')} of the same model and prompt`);
  const missing = generations.filter(({ text }) => text === null).length;
  if (missing > 0) notes.push(`${countOf(missing, 'answer')} missing`);
  if (sharedIds.length > 0)
    notes.push(
      `${sharedIds.length === 1 ? 'the id' : 'the ids'} ${joinNames(sharedIds)} of several prompts, which are kept apart`,
    );
  return notes;
}
