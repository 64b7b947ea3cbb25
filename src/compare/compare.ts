import {
  LOAD_OPTIONS,
  type LoadOptions,
  loadAnswers,
  loadDocument,
  loadPrompts,
  readLoaded,
  requireOptions,
  type Source,
} from '../data/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { type Answers, checkComparison, comparisonOf, requireAnswers } from '../readers/index.ts';
import type { AnswerColumn, Comparison, Rating } from '../schema.ts';
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

/** Names of all sources of {@link ComparisonSources}. */
const SOURCES = {
  title: true,
  teacher: true,
  models: true,
  prompts: true,
} as const satisfies Record<keyof ComparisonSources, true>;

/** Options of {@link compare}. */
export interface CompareOptions extends LoadOptions {
  title?: string;
  /** Label of the teacher's column where one source holds all; default the first column. */
  teacher?: string | undefined;
  /** Roles of columns by label; default `teacher` for the teacher and `imitation` for the others. */
  roles?: Record<string, AnswerColumn['role']> | undefined;
  /** Truth of sentences, each by its quote; `model` names the column. */
  labels?: readonly LabelInput[];
}

const OPTIONS = {
  ...LOAD_OPTIONS,
  title: true,
  teacher: true,
  roles: true,
  labels: true,
} as const satisfies Record<keyof CompareOptions, true>;

/**
 * Puts answers side by side. The source is a file in any format that `parseAnswers` knows, a public record,
 * an array of rows, an arquero table (one column a model, or one row an answer), a comparison, or a teacher
 * and models that each have a source of their own. What was understood of a source is printed in a sentence: by
 * `print`, else to standard error, or in a notebook to the cell's output.
 *
 * The result is a plain {@link Comparison}. In a notebook it shows itself as the side-by-side view, and
 * where that is missing as a table. A prompt that lacks an answer is listed under `unmatched`; it is an
 * item too where at least two models answered it.
 *
 * @throws {ReadError} naming the file, if it holds no answers, or the meaning of a column is ambiguous.
 * @throws {Error} if there is no such file, record or teacher, a label fits no answer, or an option is unknown.
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
  requireOptions(options, OPTIONS, 'compare');
  const { title, labels = [], ...reading } = options;
  // What a program prints is its own; in a notebook the sentence is part of the cell's output.
  const print = runningSignal() ? console.info : console.error;
  const comparison = await comparisonFrom(source, { print, ...reading });
  const titled = title === undefined ? comparison : { ...comparison, title };
  return displayed(attachLabels(titled, labels));
}

/** Options that decide how sources are read, and what is teacher and imitation. */
type SideOptions = Omit<CompareOptions, 'title' | 'labels'>;

async function comparisonFrom(
  source: Source | Comparison | ComparisonSources,
  options: SideOptions,
): Promise<Comparison> {
  const { teacher, roles, ...loading } = options;
  if (typeof source === 'string') return comparisonOfFile(source, options);
  if (typeof source !== 'object' || source === null)
    throw new TypeError(
      `Cannot compare: a file, the name of a public record, rows or a table is required, found ${source}`,
    );
  if ('items' in source) return checkComparison(source);
  if ('teacher' in source && 'models' in source) return comparisonOfSources(source, { roles, ...loading });
  return sideBySide(await loadAnswers(source, loading), { teacher, roles });
}

async function comparisonOfFile(
  source: string,
  { teacher, roles, ...loading }: SideOptions,
): Promise<Comparison> {
  const document = await loadDocument(source, loading);
  const content = readLoaded(document, loading);
  if (content.format === 'comparison') return comparisonOf(document);
  return sideBySide(requireAnswers(content), { teacher, roles });
}

async function comparisonOfSources(
  { title, ...sources }: ComparisonSources,
  { roles, ...loading }: Omit<SideOptions, 'teacher'>,
): Promise<Comparison> {
  requireOptions(sources, SOURCES, 'compare');
  const prompts = sources.prompts === undefined ? [] : await loadPrompts(sources.prompts, loading);
  const [teacher, ...others] = await loadColumns(sources.teacher, loading);
  if (!teacher || others.length > 0)
    throw new Error(`Cannot compare: one teacher is required, found ${others.length + (teacher ? 1 : 0)}`);
  const columns = [teacher, ...(await loadColumns(sources.models, loading))];
  const comparison = assemble(columns, { teacher: teacher.label, prompts, roles });
  return title === undefined ? comparison : { title, ...comparison };
}

/** Compares all models of one source, by its own prompts, with the ratings that it holds. */
function sideBySide(
  answers: Answers,
  { teacher, roles }: Pick<CompareOptions, 'teacher' | 'roles'>,
): Comparison {
  const columns = columnsOf(answers);
  const labels = columns.map(({ label }) => label);
  const first = teacher ?? answers.report?.teacher ?? labels[0];
  if (first === undefined)
    throw new Error(`Cannot compare ${answers.name}: answers are required, found prompts alone`);
  if (!labels.includes(first))
    throw new Error(`Cannot compare ${answers.name}: no answers of "${first}", only of ${labels.join(', ')}`);
  columns.sort((a, b) => Number(b.label === first) - Number(a.label === first));
  const comparison = assemble(columns, { teacher: first, prompts: answers.prompts, roles });
  return withRatings(comparison, answers.ratings ?? []);
}

/** Adds to each item the choices between its answers. */
function withRatings(comparison: Comparison, ratings: readonly Rating[]): Comparison {
  if (ratings.length === 0) return comparison;
  const byPrompt = new Map<string, Rating[]>();
  for (const rating of ratings)
    byPrompt.set(rating.promptId, [...(byPrompt.get(rating.promptId) ?? []), rating]);
  const items = comparison.items.map(item => {
    const own = byPrompt.get(item.promptId);
    return own === undefined ? item : { ...item, ratings: own };
  });
  return { ...comparison, items };
}
