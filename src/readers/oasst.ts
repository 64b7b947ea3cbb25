import type { Generation } from '../schema.ts';
import { promptKey } from '../text/index.ts';
import type { AnswerFormat } from './answer-format.ts';
import { modelFromName, PromptList } from './answers.ts';
import { generationOf } from './generation.ts';
import type { ParsedDocument } from './parse-document.ts';
import { promptOf } from './prompt-of.ts';
import { ReadError, shown } from './read-error.ts';
import { type Row, rowOf, textOf } from './row.ts';

/**
 * A sampling report of the Open Assistant model evaluation: every prompt answered under one or more
 * sampling configurations, each with one or more outputs. Read is the first output of the first
 * configuration, which is `nucleus9` in the reports that hold several.
 */
export const oasstReport: AnswerFormat = {
  name: 'oasst-report',
  sign: 'an object of model_name and prompts, each with prompt and results',
  fits: ({ whole }) => whole !== undefined && 'model_name' in whole && Array.isArray(whole.prompts),
  read: ({ whole = {}, name }: ParsedDocument, options) => {
    const report: Row = { at: name, value: whole };
    const model = textOf(report, ['model_name']) ?? options.model ?? modelFromName(name);
    const prompts = new PromptList();
    const generations: Generation[] = [];
    for (const row of rowsOf(report, 'prompts')) {
      const promptId = promptKey(textOf(row, ['prompt']) ?? '');
      prompts.add(promptOf(row, ['prompt'], { id: promptId, source: name }), row.at);
      generations.push(generationOf(row, { promptId, model, text: firstOutput(row) }, options));
    }
    return { prompts: prompts.list(), generations };
  },
};

function firstOutput(row: Row): string | null {
  const [first] = rowsOf(row, 'results');
  const output = first && listOf(first, 'outputs')[0];
  return typeof output === 'string' ? output : null;
}

function rowsOf(row: Row, key: string): Row[] {
  return listOf(row, key).map((value, index) => rowOf(value, `${row.at} ${key}[${index}]`));
}

function listOf({ at, value }: Row, key: string): unknown[] {
  const found = value[key];
  if (Array.isArray(found)) return found;
  throw new ReadError({ at, required: `an array under "${key}"`, found: shown(found) });
}
