import type { Generation, Prompt, Rating } from '../schema.ts';
import type { ReadOptions } from './answers.ts';
import type { FileKind } from './file-kind.ts';
import type { Records } from './json-records.ts';
import type { ParsedDocument } from './parse-document.ts';
import type { Row } from './row.ts';

/** One prompt of a record: an id, a text, or both. */
export type EntryPrompt = Partial<Omit<Prompt, 'source'>>;

/** One answer of a record. */
export type EntryAnswer = Omit<Generation, 'promptId'>;

/** A choice between two answers of a record, by their models. */
export type EntryRating = Pick<Rating, 'left' | 'right' | 'choice' | 'annotator'>;

/** Content of one record. */
export interface Entry {
  prompt: EntryPrompt;
  answers: readonly EntryAnswer[];
  ratings?: readonly EntryRating[];
}

/** Reads the records of one file, whose columns it has understood. */
export interface RowReader {
  kind: FileKind;
  /** Columns that are not read. */
  ignored?: readonly string[];
  /** Name of the teacher, where the file or its reader's options state it. */
  teacher?: string;
  /** Column of the reference answers. */
  reference?: string;
  /** @throws {ReadError} naming a record that does not fit; it is skipped. */
  read(row: Row): Entry;
}

/** One format of files, recognised by what it must have. */
export interface FileFormat {
  /** The name that {@link detectFormat} gives and `format` takes. */
  name: string;
  /** Set where its files hold answers by several samplings, of which `sampling` chooses one. */
  samplings?: true;
  /** Sign of the format, in words for the error when nothing fits. */
  sign: string;
  /**
   * Returns the records of a file that is of this format as a whole; undefined of any other. Formats without it are
   * recognised by their records.
   */
  unpack?(document: ParsedDocument): Records | undefined;
  /** Reports whether a record has the fields that the format requires, each of its type. */
  fits(row: Row): boolean;
  /** Prepares to read records. @throws {ReadError} if what the columns mean is ambiguous. */
  open(rows: readonly Row[], options: ReadOptions): RowReader;
}

/** A format whose records each say what they hold. */
export interface RowFormat extends Pick<FileFormat, 'name' | 'samplings' | 'sign' | 'unpack' | 'fits'> {
  kind: FileKind;
  read(row: Row, options: ReadOptions): Entry;
}

/** Makes a format of one whose records each say what they hold. */
export function rowFormat({ kind, read, ...format }: RowFormat): FileFormat {
  return { ...format, open: (_, options) => ({ kind, read: row => read(row, options) }) };
}
