import { type JoinedItem, joinAnswers } from '../readers/index.ts';
import type { AnswerColumn, Comparison, ComparisonItem, Prompt } from '../schema.ts';
import type { LabelledAnswers } from './columns.ts';
import { uniqueIds } from './unique-ids.ts';

/** Parts of a comparison besides the answers. */
export interface AssembleOptions {
  /** Label of the teacher's column. */
  teacher: string;
  prompts: readonly Prompt[];
  /** Roles of other columns by label; default `imitation`. */
  roles?: Record<string, AnswerColumn['role']> | undefined;
}

/**
 * Joins columns of answers into a comparison. A prompt is an item if at least two models answered it, or
 * one where there is one column; every prompt that lacks an answer is listed as unmatched.
 */
export function assemble(columns: readonly LabelledAnswers[], options: AssembleOptions): Comparison {
  const { teacher, prompts, roles = {} } = options;
  const ids = uniqueIds(columns.map(({ label }) => label));
  const { items, unmatched, duplicates } = joinAnswers(
    columns.map(({ answers }, index) => ({ id: ids[index] ?? '', answers })),
    prompts,
  );
  const enough = Math.min(2, columns.length);
  return {
    version: 1,
    answers: ids.map(id => ({
      id,
      label: id,
      role: roles[id] ?? (id === teacher ? 'teacher' : 'imitation'),
    })),
    ...(unmatched.length > 0 ? { unmatched } : {}),
    ...(duplicates.length > 0 ? { duplicates } : {}),
    items: items.filter(({ answers }) => Object.keys(answers).length >= enough).map(comparisonItem),
  };
}

function comparisonItem({ promptId, prompt, answers }: JoinedItem): ComparisonItem {
  return {
    promptId,
    prompt: prompt?.text ?? '',
    ...(prompt?.category === undefined ? {} : { category: prompt.category }),
    answers: Object.fromEntries(
      Object.entries(answers).map(([id, { text, tokens, finish }]) => [
        id,
        {
          text,
          ...(tokens === undefined ? {} : { tokens }),
          ...(finish === 'unknown' ? {} : { finish }),
        },
      ]),
    ),
  };
}
