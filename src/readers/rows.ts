import type { Generation } from '../schema.ts';
import { promptKey } from '../text/index.ts';
import type { AnswerFormat } from './answer-format.ts';
import { modelFromName, PromptList, type ReadOptions } from './answers.ts';
import { generationOf } from './generation.ts';
import type { ParsedDocument } from './parse-document.ts';
import { promptOf } from './prompt-of.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, keyOf, type Row, textOf } from './row.ts';

/** The names under which plain rows keep each thing; the first that is there counts. */
export const ROW_KEYS = {
  id: ['promptId', 'prompt_id', 'id', 'question_id'],
  prompt: ['prompt', 'instruction', 'question'],
  answer: ['text', 'output', 'response', 'answer'],
  model: ['model', 'model_id', 'generator'],
  other: [
    'category',
    'dataset',
    'tags',
    'input',
    'source',
    'tokens',
    'tokenIds',
    'finish',
    'evidence',
    'error',
  ],
} as const;

/** Plain rows, one answer each: JSON Lines, a JSON array or CSV. */
export const plainRows: AnswerFormat = {
  name: 'rows',
  sign: `rows of ${[ROW_KEYS.answer, ROW_KEYS.prompt, ROW_KEYS.id].map(keys => keys.join(' | ')).join(', with ')}`,
  fits: ({ rows }) => rows.some(row => keyOf(row, ROW_KEYS.answer)),
  read: readRows,
};

/** Outputs as AlpacaEval keeps them: a JSON array of instruction, output, generator and dataset. */
export const alpacaEvalOutputs: AnswerFormat = {
  name: 'alpaca-eval',
  sign: 'an array of instruction, output and generator',
  fits: ({ rows: [first] }) =>
    first !== undefined && ['instruction', 'output', 'generator'].every(key => key in first.value),
  read: readRows,
};

/** Plain rows that hold prompts and no answers; a prompt may then be under `text` too. */
export const plainPrompts: AnswerFormat = {
  name: 'prompts',
  sign: `rows of ${ROW_KEYS.prompt.join(' | ')} alone`,
  fits: ({ rows }) => rows.some(row => keyOf(row, ROW_KEYS.prompt)),
  read: ({ rows, name }) => {
    const prompts = new PromptList();
    for (const row of rows) addPrompt(prompts, row, { source: name, keys: [...ROW_KEYS.prompt, 'text'] });
    return { prompts: prompts.list(), generations: [] };
  },
};

/**
 * Adds the row's prompt, if it holds one, and returns its id: the row's own, else the key of its text.
 *
 * @throws {ReadError} if the row has neither id nor prompt, so that its answer belongs to nothing.
 */
export function addPrompt(
  prompts: PromptList,
  row: Row,
  { source, keys = ROW_KEYS.prompt }: { source: string; keys?: readonly string[] },
): string {
  const full = withInput(row);
  const text = textOf(full, keys);
  const id = idOf(row, ROW_KEYS.id) ?? (text === undefined ? undefined : promptKey(text));
  if (id === undefined)
    throw new ReadError({
      at: row.at,
      required: `an id (${ROW_KEYS.id.join(', ')}) or a prompt (${keys.join(', ')})`,
      found: shown(row.value),
    });
  if (text !== undefined) prompts.add(promptOf(full, keys, { id, source }), row.at);
  return id;
}

function readRows({ rows, name }: ParsedDocument, options: ReadOptions) {
  const prompts = new PromptList();
  const generations: Generation[] = rows.map(row => {
    const promptId = addPrompt(prompts, row, { source: name });
    const model = textOf(row, ROW_KEYS.model) ?? options.model ?? modelFromName(name);
    return generationOf(row, { promptId, model, text: textOf(row, ROW_KEYS.answer) ?? null }, options);
  });
  return { prompts: prompts.list(), generations };
}

/** Joins an instruction and its `input`, which Alpaca keeps separately, to one prompt. */
export function withInput(row: Row): Row {
  const { instruction, input } = row.value;
  if (typeof instruction !== 'string' || typeof input !== 'string' || input === '') return row;
  return { at: row.at, value: { ...row.value, instruction: `${instruction}\n\n${input}` } };
}
