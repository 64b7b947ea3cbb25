import type { Evidence, Generation, Prompt } from '../schema.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf, type Row } from './row.ts';

/** Content of a file of answers: the prompts whose text it holds, and the answers of one or more models. */
export interface Answers {
  /** Name of the format that was read, as {@link detectFormat} gives it. */
  format: string;
  /** Name of the file or table. */
  name: string;
  /** Prompts whose text the file holds; empty where it refers to prompts by id alone. */
  prompts: Prompt[];
  generations: Generation[];
}

/** Options of {@link parseAnswers}. */
export interface ReadOptions {
  /** The file's name: its extension determines the syntax, errors repeat it, and a lone model is named after it. */
  name: string;
  /** Name of the format, where detection must not decide. */
  format?: string;
  /** The model's name, where the file does not say it; default the file's name without its extension. */
  model?: string;
  /** Columns of a wide table that hold answers, one model each; default every column not known by name. */
  columns?: string[];
  /** Kind of evidence of the answers; default `public`, answers that somebody published. */
  evidence?: Evidence;
}

/** Returns the names of the models that answered, in the order in which they appear. */
export function modelsOf(answers: Answers): string[] {
  return [...new Set(answers.generations.map(({ model }) => model))];
}

/** Selects the answers of one model. */
export function answersOf(answers: Answers, model: string): Answers {
  return { ...answers, generations: answers.generations.filter(generation => generation.model === model) };
}

/** Derives a model's name from its file's: the last part of the path, without extension. */
export function modelFromName(name: string): string {
  return name.replace(/^.*[\\/]/, '').replace(/\.(jsonl|ndjson|json|csv|tsv|parquet)$/i, '');
}

/** Gathers prompts by id, each once. */
export class PromptList {
  readonly #prompts = new Map<string, Prompt>();

  /** Adds a prompt. @throws {ReadError} if its id already has another text. */
  add(prompt: Prompt, at: string): void {
    const known = this.#prompts.get(prompt.id);
    if (known && known.text !== prompt.text)
      throw new ReadError({
        at,
        required: `one prompt for the id ${shown(prompt.id)}, which is ${shown(known.text)} before,`,
        found: shown(prompt.text),
      });
    if (!known) this.#prompts.set(prompt.id, prompt);
  }

  /** Returns the prompts in the order in which they were first added. */
  list(): Prompt[] {
    return [...this.#prompts.values()];
  }
}

/** Returns the id under the first of `keys`. @throws {ReadError} if there is none. */
export function requireId(row: Row, keys: readonly string[]): string {
  const id = idOf(row, keys);
  if (id !== undefined) return id;
  throw new ReadError({ at: row.at, required: `an id under ${keys.join(' or ')}`, found: shown(row.value) });
}
