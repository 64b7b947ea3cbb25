import { type LoadOptions, loadAnswers, loadPrompts, loadText, type Source } from '../data/index.ts';
import { type Answers, checkComparison, parseAnswers, parseComparison } from '../readers/index.ts';
import type { AnswerColumn, Comparison } from '../schema.ts';
import { assemble } from './assemble.ts';
import { attachLabels, type LabelInput } from './attach-labels.ts';
import { columnsOf, type Labelled, loadColumns } from './columns.ts';
import { displayed } from './comparison-bundle.ts';

/** A teacher's and its imitators' answers, each from a source of its own. */
export interface ComparisonSources {
  title?: string;
  /** One model: a source, or `{ label: source }`. */
  teacher: Labelled;
  /** Models in the order of their columns: sources, or sources by label. */
  models: Labelled | readonly Source[];
  /** Texts and categories of the prompts, where the answers refer to them by id. */
  prompts?: Source;
}

/** Options of {@link compare}. */
export interface CompareOptions extends LoadOptions {
  title?: string;
  /** Label of the teacher's column where one source holds all; default the first column. */
  teacher?: string;
  /** Roles of columns by label; default `teacher` for the teacher and `imitation` for the others. */
  roles?: Record<string, AnswerColumn['role']>;
  /** Truth of sentences, each by its quote; `model` names the column. */
  labels?: readonly LabelInput[];
}

/**
 * Puts answers side by side. The source is a file in any format that `parseAnswers` knows, a public record,
 * an array of rows, an arquero table (one column a model, or one row an answer), a comparison, or a teacher
 * and models that each have a source of their own.
 *
 * The result is a plain {@link Comparison}. In a notebook it shows itself as the side-by-side view, and
 * where that is missing as a table. A prompt that lacks an answer is listed under `unmatched`; it is an
 * item too where at least two models answered it.
 *
 * @throws {ReadError} naming file and line of what cannot be read.
 * @throws {Error} if there is no such file, record or teacher, or a label fits no answer.
 * @example
 * // Needs public records.
 * await compare('answers.csv', { teacher: 'gpt-4' })
 * await compare({
 *   teacher: { ChatGPT: 'fastchat/gpt35' },
 *   models: { Vicuna: 'fastchat/vicuna-13b' },
 *   prompts: 'fastchat/questions',
 * })
 */
export async function compare(
  source: Source | Comparison | ComparisonSources,
  options: CompareOptions = {},
): Promise<Comparison> {
  const comparison = await comparisonFrom(source, options);
  const title = options.title ?? comparison.title;
  const titled = title === undefined ? comparison : { ...comparison, title };
  return displayed(attachLabels(titled, options.labels ?? []));
}

async function comparisonFrom(
  source: Source | Comparison | ComparisonSources,
  options: CompareOptions,
): Promise<Comparison> {
  if (typeof source === 'string') {
    const { text, name } = await loadText(source, options);
    const answers = parseAnswers(text, { name, ...options });
    return answers.format === 'comparison' ? parseComparison(text, name) : sideBySide(answers, options);
  }
  if (typeof source !== 'object' || source === null)
    throw new TypeError(
      `Cannot compare: a file, the name of a public record, rows or a table is required, found ${source}`,
    );
  if ('items' in source) return checkComparison(source);
  if (!('teacher' in source && 'models' in source))
    return sideBySide(await loadAnswers(source, options), options);
  const prompts = source.prompts === undefined ? [] : await loadPrompts(source.prompts, options);
  const [teacher, ...others] = await loadColumns(source.teacher, options);
  if (!teacher || others.length > 0)
    throw new Error(`Cannot compare: one teacher is required, found ${others.length + (teacher ? 1 : 0)}`);
  const columns = [teacher, ...(await loadColumns(source.models, options))];
  const comparison = assemble(columns, { teacher: teacher.label, prompts, roles: options.roles });
  return source.title === undefined ? comparison : { title: source.title, ...comparison };
}

/** Compares all models of one source, by its own prompts. */
function sideBySide(answers: Answers, { teacher, roles }: CompareOptions): Comparison {
  const columns = columnsOf(answers);
  const labels = columns.map(({ label }) => label);
  const first = teacher ?? labels[0];
  if (first === undefined)
    throw new Error(`Cannot compare ${answers.name}: answers are required, found prompts alone`);
  if (!labels.includes(first))
    throw new Error(`Cannot compare ${answers.name}: no answers of "${first}", only of ${labels.join(', ')}`);
  columns.sort((a, b) => Number(b.label === first) - Number(a.label === first));
  return assemble(columns, { teacher: first, prompts: answers.prompts, roles });
}
