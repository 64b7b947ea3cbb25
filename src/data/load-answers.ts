import {
  type Answers,
  describeSource,
  type ParsedDocument,
  ReadError,
  type ReadOptions,
  readSource,
  requireAnswers,
  type SourceContent,
  sourceFromRows,
} from '../readers/index.ts';
import type { Prompt } from '../schema.ts';
import type { FetchOptions } from './fetch-record.ts';
import { loadDocument } from './load-text.ts';
import { requireOptions } from './require-options.ts';
import { splitSampling } from './split-sampling.ts';

/** A table that gives its rows as objects, as an arquero table does. */
export interface RowTable {
  objects(): object[];
}

/** Source of answers: a path, the name of a public record, either with `#SAMPLING` where it holds several samplings, rows, a table, or answers already read. */
export type Source = string | readonly object[] | RowTable | Answers;

/** Options of reading a source, and of fetching it where it is a public record. */
export type LoadOptions = Partial<ReadOptions> &
  FetchOptions & {
    /** Receives what was understood of the source, in a sentence; default nothing does. */
    print?: ((sentence: string) => void) | undefined;
  };

/** Names of all options of loading. */
export const LOAD_OPTIONS = {
  name: true,
  format: true,
  model: true,
  columns: true,
  evidence: true,
  strict: true,
  sampling: true,
  wanted: true,
  signal: true,
  onProgress: true,
  mirror: true,
  cache: true,
  catalogue: true,
  base: true,
  tries: true,
  backOff: true,
  patience: true,
  print: true,
} as const satisfies Record<keyof LoadOptions, true>;

/**
 * Loads what a file, a public record, an array of rows or a table holds: answers, prompts, reviews or preferences.
 * `report` says what was understood of it.
 *
 * @throws {ReadError} as {@link parseSource} does.
 * @throws {Error} if there is neither such a file nor such a record, or an option is unknown.
 * @example
 * const { report } = await loadSource('answers.jsonl')
 * report.kind // 'answers'
 */
export async function loadSource(
  source: Exclude<Source, Answers>,
  options: LoadOptions = {},
): Promise<SourceContent> {
  requireOptions(options, LOAD_OPTIONS, 'loadSource');
  if (typeof source === 'string') {
    const { file, ...sampling } = await splitSampling(source);
    return readLoaded(await loadDocument(file, options), { ...sampling, ...options });
  }
  const rows = 'objects' in source ? source.objects() : source;
  const named = { ...options, name: options.name ?? 'rows' };
  return printed(sourceFromRows(rows as Record<string, unknown>[], named), options);
}

/** Reads what a loaded file holds, as {@link loadSource} does. */
export function readLoaded(document: ParsedDocument, options: LoadOptions): SourceContent {
  return printed(readSource(document, { ...options, name: options.name ?? document.name }), options);
}

function printed(content: SourceContent, { print }: LoadOptions): SourceContent {
  print?.(describeSource(content.name, content.report));
  return content;
}

/**
 * Loads answers from a file on this machine, a public record (fetched and checked), an array of rows or an
 * arquero table, in any format that {@link parseAnswers} knows.
 *
 * @throws {ReadError} naming the file, if it holds no answers, or the meaning of a column is ambiguous.
 * @throws {Error} if there is neither such a file nor such a record, or an option is unknown.
 * @example
 * // Needs public records.
 * (await loadAnswers('fastchat/vicuna-13b')).generations.length // 80
 */
export async function loadAnswers(source: Source, options: LoadOptions = {}): Promise<Answers> {
  requireOptions(options, LOAD_OPTIONS, 'loadAnswers');
  return isAnswers(source) ? source : requireAnswers(await loadSource(source, options));
}

/**
 * Loads prompts from a file of questions, or from the prompts that a file of answers or preferences holds. Rows of `id`
 * and `text` are prompts here.
 *
 * @throws as {@link loadSource} does; and {ReadError} if the file holds no texts of prompts.
 * @example
 * // Needs public records.
 * (await loadPrompts('fastchat/questions'))[0]?.category // 'generic'
 */
export async function loadPrompts(source: Source, options: LoadOptions = {}): Promise<Prompt[]> {
  if (isAnswers(source)) return source.prompts;
  const { name, prompts } = await loadSource(source, { ...options, wanted: 'prompts' });
  if (prompts.length > 0) return prompts;
  throw new ReadError({ at: name, required: 'a file of prompts', found: 'none, or their ids alone' });
}

function isAnswers(source: Source): source is Answers {
  return typeof source === 'object' && 'generations' in source;
}
