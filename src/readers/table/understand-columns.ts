import type { ReadOptions } from '../answers.ts';
import { columnsOf, type Row } from '../row.ts';
import {
  type AnswerColumns,
  answersOfRow,
  answersOfTable,
  type OpenColumns,
  statedAnswers,
} from './answer-columns.ts';
import { allNamed, ID_NAMES, MODEL_NAMES, named, PROMPT_NAMES, plainName } from './column-names.ts';
import { statedColumns } from './columns.ts';

/** Meaning of each column of a table. */
export interface TableColumns {
  /** Columns of ids and of prompts, of which the first that a row fills counts. */
  ids: string[];
  prompts: string[];
  /** Columns whose text belongs to the prompt, behind it: an instruction's input, a question's context. */
  joined: string[];
  category?: string;
  /** Column that names the model of the row's answer. */
  model?: string;
  /** Columns of answers of the model that the row names, or else the file; of a row one alone holds text. */
  answers: string[];
  /** Columns of answers, each of the model that it is named after. */
  models: string[];
  teacher?: string;
  reference?: string;
}

/**
 * Finds what each column of a table means: what is stated, else what its name says, else what its values look like.
 *
 * @throws {ReadError} if a column can be read in two ways, naming both and the option that decides.
 */
export function understandColumns(rows: readonly Row[], options: ReadOptions): TableColumns {
  const present = columnsOf(rows);
  const stated = statedColumns(options.columns ?? {}, present, options.name);
  const model = stated.models ? undefined : named(present, MODEL_NAMES);
  const ids = allNamed(present, ID_NAMES);
  const names = options.wanted === 'prompts' ? [...PROMPT_NAMES, 'text'] : PROMPT_NAMES;
  const [first, ...others] = allNamed(present, names);
  const prompts = [stated.prompt ?? first, ...others].filter(column => column !== undefined);
  const category = named(present, ['category', 'dataset']);
  const joined = joinedTo(prompts[0], present).filter(column => column !== stated.reference);
  const used = [model, category, stated.reference, ...ids, ...prompts, ...joined];
  const open = present.filter(column => stated.models?.includes(column) || !used.includes(column));
  const { teacher } = stated;
  return {
    ids,
    prompts: prompts.filter(column => !joined.includes(column)),
    joined,
    ...(category !== undefined && { category }),
    ...(model !== undefined && { model }),
    ...(teacher !== undefined && { teacher }),
    ...answerColumns({ rows, open, stated, at: options.name }, model !== undefined),
  };
}

function answerColumns(table: OpenColumns, namesModel: boolean): AnswerColumns {
  if (table.stated.models) return statedAnswers(table.stated, table.open);
  return namesModel ? answersOfRow(table) : answersOfTable(table);
}

/** Finds the columns whose text follows the prompt's: Alpaca's `input` of an instruction, and Dolly's `context`. */
function joinedTo(prompt: string | undefined, present: readonly string[]): string[] {
  if (prompt === undefined) return [];
  const names = plainName(prompt) === 'instruction' ? ['input', 'context'] : ['context'];
  return names.flatMap(name => named(present, [name]) ?? []);
}
