import type { Evidence, Generation, Prompt, Rating } from '../schema.ts';
import type { SourceReport } from './source-report.ts';
import type { Columns } from './table/columns.ts';

/** Content of a file of answers: the prompts whose text it holds, and the answers of one or more models. */
export interface Answers {
  /** Name of the format that was read, as {@link detectFormat} gives it. */
  format: string;
  /** Name of the file or table. */
  name: string;
  /** Prompts whose text the file holds; empty where it refers to prompts by id alone. */
  prompts: Prompt[];
  generations: Generation[];
  /** Choices between the file's answers, where it holds any. */
  ratings?: Rating[];
  /** Summary of what was understood of the file, where the answers were read from one. */
  report?: SourceReport;
}

/** Content of a file of any kind, and what was understood of it. */
export interface SourceContent extends Answers {
  ratings: Rating[];
  report: SourceReport;
}

/** Options of {@link parseAnswers}. */
export interface ReadOptions {
  /** The file's name: its extension determines the syntax, errors repeat it, and a lone model is named after it. */
  name: string;
  /** Name of the format, where detection must not decide. */
  format?: string;
  /** The model's name, where the file does not say it; default the file's name without its extension. */
  model?: string;
  /** Meaning of a table's columns, where their names do not say it. */
  columns?: Columns;
  /** Kind of evidence of the answers; default `public`, answers that somebody published. */
  evidence?: Evidence;
  /** Name of the sampling whose outputs are read, where a file holds several, as OASST's reports do. */
  sampling?: string;
  /** Set to refuse a file that holds a record that cannot be read; by default it is skipped and listed. */
  strict?: boolean;
  /** Set where prompts are wanted, not answers: a column `text` of a table then holds them. */
  wanted?: 'prompts';
}

/** Returns the names of the models that answered, in the order in which they appear. */
export function modelsOf(answers: Pick<Answers, 'generations'>): string[] {
  return [...new Set(answers.generations.map(({ model }) => model))];
}

/** Selects the answers of one model. */
export function answersOf(answers: Answers, model: string): Answers {
  return { ...answers, generations: answers.generations.filter(generation => generation.model === model) };
}

/** Derives a model's name from its file's: the last part of the path, without extension. */
export function modelFromName(name: string): string {
  const file = name.replace(/^.*[\\/]/, '').replace(/\.gz$/i, '');
  return file.replace(/\.(jsonl|ndjson|json|csv|tsv|txt|parquet|arrow|feather|ipc|eval)$/i, '');
}

/** Returns the model of answers that name none: the stated one, else that of the file's name. */
export function modelOfFile({ model, name }: Pick<ReadOptions, 'model' | 'name'>): string {
  return model ?? modelFromName(name);
}
