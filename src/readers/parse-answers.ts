import type { Answers, ReadOptions, SourceContent } from './answers.ts';
import { KIND_WORDS } from './file-kind.ts';
import { type ParsedDocument, readDocument } from './parse-document.ts';
import { ReadError } from './read-error.ts';
import { readSource } from './read-source.ts';
import { recognise } from './recognise.ts';

/**
 * Reads a file of answers in any known format: conversations, tables with one column a model or one answer a row, and
 * what FastChat, AlpacaEval, the arena and evaluation tools write. A record that cannot be read is skipped and listed
 * in `report`.
 *
 * @throws {ReadError} if no format fits, saying what would; if the file holds no answers, saying what it holds; if the
 *   meaning of a column is ambiguous; with `strict` naming file and line of a record that cannot be read.
 * @example
 * const { generations } = parseAnswers('{"id": 1, "prompt": "Hi", "output": "Hello."}', { name: 'mine.jsonl' })
 * generations[0] // { promptId: '1', model: 'mine', text: 'Hello.', finish: 'unknown', evidence: 'public' }
 */
export function parseAnswers(text: string, options: ReadOptions): Answers {
  return requireAnswers(parseSource(text, options));
}

/**
 * Reads a file of any kind: answers, prompts, reviews or preferences. `report` says what was understood of it.
 *
 * @throws {ReadError} as {@link parseAnswers} does, except for the kind.
 * @example
 * parseSource('prompt,gpt-4\nWhy?,Because.', { name: 'a.csv' }).report.models // ['gpt-4']
 */
export function parseSource(text: string, options: ReadOptions): SourceContent {
  return readSource(readDocument(text, options.name), options);
}

/**
 * Reads records that are already in memory, such as the rows of a table, of any kind.
 *
 * @throws {ReadError} naming the row as `name[index]`.
 */
export function sourceFromRows(
  values: readonly Record<string, unknown>[],
  options: ReadOptions,
): SourceContent {
  return readSource(documentOf(values, options.name), options);
}

/** Reads answers from records that are already in memory. @throws {ReadError} as {@link parseAnswers} does. */
export function answersFromRows(values: readonly Record<string, unknown>[], options: ReadOptions): Answers {
  return requireAnswers(sourceFromRows(values, options));
}

function documentOf(values: readonly Record<string, unknown>[], name: string): ParsedDocument {
  return { name, rows: values.map((value, index) => ({ at: `${name}[${index}]`, value })) };
}

/**
 * Returns the content of a file that holds answers.
 *
 * @throws {ReadError} saying what it holds instead, or why none of its records could be read.
 */
export function requireAnswers(content: SourceContent): Answers {
  const { kind, skipped } = content.report;
  const at = content.name;
  if (kind !== 'answers') throw new ReadError({ at, required: 'a file of answers', found: KIND_WORDS[kind] });
  const [first] = skipped;
  if (content.generations.length > 0 || first === undefined) return content;
  throw new ReadError(first);
}

/**
 * Names the format that {@link parseSource} would read the file in, or undefined if none fits.
 *
 * @throws {ReadError} if the file cannot even be parsed.
 */
export function detectFormat(text: string, name: string): string | undefined {
  const document = readDocument(text, name);
  try {
    return recognise(document, { name }).format.name;
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}
