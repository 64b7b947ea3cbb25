import type { Generation } from '../schema.ts';
import type { AnswerFormat } from './answer-format.ts';
import { PromptList, type ReadOptions } from './answers.ts';
import { generationOf } from './generation.ts';
import type { ParsedDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { keyOf, type Row, textOf } from './row.ts';
import { addPrompt, ROW_KEYS } from './rows.ts';

/**
 * A table with one row a prompt and one column a model. Every column of texts counts that is not known by name as
 * something else; `columns` names them where that is wrong, or where there is neither id nor prompt: a row is then
 * identified by its number.
 */
export const wideTable: AnswerFormat = {
  name: 'wide-table',
  sign: 'rows of a prompt or id, with a column of answers for each model',
  fits: (document, options) => document.rows.some(isKnown) && answerColumns(document, options).length > 0,
  read: (document, options) => {
    const columns = answerColumns(document, options);
    const prompts = new PromptList();
    const generations: Generation[] = [];
    for (const [index, row] of document.rows.entries()) {
      const promptId = isKnown(row) ? addPrompt(prompts, row, { source: document.name }) : String(index + 1);
      for (const model of columns)
        generations.push(generationOf(row, { promptId, model, text: textOf(row, [model]) ?? null }, options));
    }
    return { prompts: prompts.list(), generations };
  },
};

function isKnown(row: Row): boolean {
  return keyOf(row, [...ROW_KEYS.id, ...ROW_KEYS.prompt]) !== undefined;
}

/** @throws {ReadError} if a column that was asked for is not there. */
function answerColumns({ rows, name }: ParsedDocument, { columns }: ReadOptions): string[] {
  const present = new Set(rows.flatMap(row => Object.keys(row.value)));
  const absent = columns?.find(column => !present.has(column));
  if (absent !== undefined)
    throw new ReadError({
      at: name,
      required: `a column ${shown(absent)}`,
      found: `the columns ${[...present].join(', ')}`,
    });
  const known = new Set<string>(Object.values(ROW_KEYS).flat());
  return columns ?? [...present].filter(column => !known.has(column) && holdsTexts(rows, column));
}

/** Reports whether a column holds texts: strings, of which at least one is no number. */
function holdsTexts(rows: Row[], column: string): boolean {
  const values = rows.map(row => row.value[column]).filter(value => value !== null && value !== undefined);
  return (
    values.every(value => typeof value === 'string') && values.some(value => Number.isNaN(Number(value)))
  );
}
