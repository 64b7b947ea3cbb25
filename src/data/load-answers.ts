import { type Answers, answersFromRows, parseAnswers, type ReadOptions } from '../readers/index.ts';
import type { Prompt } from '../schema.ts';
import type { FetchOptions } from './fetch-record.ts';
import { loadText } from './load-text.ts';

/** A table that gives its rows as objects, as an arquero table does. */
export interface RowTable {
  objects(): object[];
}

/** Source of answers: a path, the name of a public record, rows, a table, or answers already read. */
export type Source = string | readonly object[] | RowTable | Answers;

/** Options of reading a source, and of fetching it where it is a public record. */
export type LoadOptions = Partial<ReadOptions> & FetchOptions;

/**
 * Loads answers from a file on this machine, a public record (fetched and checked), an array of rows or an
 * arquero table, in any format that {@link parseAnswers} knows.
 *
 * @throws {ReadError} naming file and line of what cannot be read.
 * @throws {Error} if there is neither such a file nor such a record.
 * @example
 * // Needs public records.
 * (await loadAnswers('fastchat/vicuna-13b')).generations.length // 80
 */
export async function loadAnswers(source: Source, options: LoadOptions = {}): Promise<Answers> {
  if (typeof source === 'string') {
    const { text, name } = await loadText(source, options);
    return parseAnswers(text, { name, ...options });
  }
  if ('generations' in source) return source;
  const rows = 'objects' in source ? source.objects() : source;
  return answersFromRows(rows as Record<string, unknown>[], { name: 'rows', ...options });
}

/**
 * Loads prompts from a file of questions, or from the prompts that a file of answers holds. Plain rows may
 * keep a prompt under `text`.
 *
 * @throws as {@link loadAnswers} does.
 * @example
 * // Needs public records.
 * (await loadPrompts('fastchat/questions'))[0]?.category // 'generic'
 */
export async function loadPrompts(source: Source, options: LoadOptions = {}): Promise<Prompt[]> {
  const { format, prompts } = await loadAnswers(source, options);
  // Rows of `id` and `text` read as answers; here they can only be prompts.
  return format === 'rows' ? (await loadAnswers(source, { ...options, format: 'prompts' })).prompts : prompts;
}
