import type { Generation, Prompt } from '../schema.ts';
import type { ReadOptions } from './answers.ts';
import type { ParsedDocument } from './parse-document.ts';

/** One kind of file that holds prompts, answers or both. */
export interface AnswerFormat {
  /** The name that {@link detectFormat} gives and `format` takes. */
  name: string;
  /** Sign of the format, in words for the error when nothing fits. */
  sign: string;
  fits(document: ParsedDocument, options: ReadOptions): boolean;
  /** @throws {ReadError} naming file and line of a record that does not fit. */
  read(document: ParsedDocument, options: ReadOptions): { prompts: Prompt[]; generations: Generation[] };
}
