import type { AnswerFormat } from './answer-format.ts';
import type { Answers, ReadOptions } from './answers.ts';
import { FORMATS } from './formats.ts';
import { type ParsedDocument, parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { wideTable } from './wide-table.ts';

/** Files that are accepted, by the two plain layouts; `FORMATS` holds the others' signs. */
const REQUIRED =
  'one row a prompt (prompt and a column for each model), or one row an answer (prompt, model, text), ' +
  'or a file of FastChat, AlpacaEval, OpenAssistant, QLoRA or a comparison';

/**
 * Reads a file of answers in any known format: FastChat, Open Assistant, QLoRA, AlpacaEval, a comparison,
 * plain JSON Lines, JSON or CSV rows, or a wide table with one column a model.
 *
 * @throws {ReadError} naming file and line; if no format fits, saying what would.
 * @example
 * const { generations } = parseAnswers('{"id": 1, "prompt": "Hi", "output": "Hello."}', { name: 'mine.jsonl' })
 * generations[0] // { promptId: '1', model: 'mine', text: 'Hello.', finish: 'unknown', evidence: 'public' }
 */
export function parseAnswers(text: string, options: ReadOptions): Answers {
  return answersFrom(parseDocument(text, options.name), options);
}

/**
 * Reads answers from records that are already in memory, such as the rows of a table.
 *
 * @throws {ReadError} naming the row as `name[index]`.
 */
export function answersFromRows(values: readonly Record<string, unknown>[], options: ReadOptions): Answers {
  const rows = values.map((value, index) => ({ at: `${options.name}[${index}]`, value }));
  return answersFrom({ name: options.name, rows }, options);
}

/**
 * Names the format that {@link parseAnswers} would read the file in, or undefined if none fits.
 *
 * @throws {ReadError} if the file cannot even be parsed.
 */
export function detectFormat(text: string, name: string): string | undefined {
  return formatOf(parseDocument(text, name), { name })?.name;
}

function answersFrom(document: ParsedDocument, options: ReadOptions): Answers {
  const format = formatOf(document, options);
  if (format) return { format: format.name, name: document.name, ...format.read(document, options) };
  const first = document.whole ?? document.rows[0]?.value;
  if (first === undefined)
    throw new ReadError({ at: document.name, required: 'at least one row', found: 'none' });
  throw new ReadError({ at: document.name, required: REQUIRED, found: shown(first) });
}

function formatOf(document: ParsedDocument, options: ReadOptions): AnswerFormat | undefined {
  const { format, columns } = options;
  if (format === undefined)
    return columns ? wideTable : FORMATS.find(candidate => candidate.fits(document, options));
  const named = FORMATS.find(({ name }) => name === format);
  if (named) return named;
  throw new ReadError({
    at: document.name,
    required: `a format named ${FORMATS.map(({ name }) => name).join(', ')}`,
    found: shown(format),
  });
}
