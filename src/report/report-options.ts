import { join } from 'node:path';
import type { LanguageModel } from '../chat/index.ts';
import type { JudgeOptions, JudgePrompt } from '../compare/index.ts';
import type { LoadOptions } from '../data/index.ts';
import type { ResampleOptions } from '../stats/index.ts';
import type { BenchmarkFolders } from './load-benchmarks.ts';
import type { SideSources } from './load-sides.ts';

/** Options of reading the files of a report. */
export type ReadingOptions = Pick<
  LoadOptions,
  'columns' | 'strict' | 'print' | 'signal' | 'onProgress' | 'mirror' | 'cache' | 'catalogue'
>;

/** Options of `report`. */
export interface ReportOptions extends SideSources, ResampleOptions, ReadingOptions {
  title?: string | undefined;
  /** Files or records of the training data's queries, to audit their overlap with the prompts. */
  training?: readonly string[] | undefined;
  /** Files or records of judgements: ratings of people, or reviews of a judge model. */
  ratings?: readonly string[] | undefined;
  /** Model that judges pairs in both orders, and whether answers do what was asked, and refuse. */
  judge?: LanguageModel | undefined;
  /** Prompts of the judge for pairs; default Vicuna's, fetched. */
  judgePrompts?: readonly JudgePrompt[] | undefined;
  /** Folders of benchmark results, as `imitation-lab evaluate --out` keeps them. */
  benchmarks?: BenchmarkFolders | undefined;
  /** Folder for `report.html`, `report.json`, `report.ipynb` and `report.compare.jsonl`, and a judge's reviews. */
  out?: string | undefined;
}

const READING_OPTIONS = {
  columns: true,
  strict: true,
  print: true,
  signal: true,
  onProgress: true,
  mirror: true,
  cache: true,
  catalogue: true,
} as const satisfies Record<keyof ReadingOptions, true>;

/** Names of all options of a report. */
export const REPORT_OPTIONS = {
  ...READING_OPTIONS,
  teacher: true,
  students: true,
  base: true,
  secondTeacher: true,
  prompts: true,
  title: true,
  training: true,
  ratings: true,
  judge: true,
  judgePrompts: true,
  benchmarks: true,
  out: true,
  seed: true,
  resamples: true,
} as const satisfies Record<keyof ReportOptions, true>;

/** Selects the options of reading files. */
export function readingOf({
  columns,
  strict,
  print,
  signal,
  onProgress,
  mirror,
  cache,
  catalogue,
}: ReadingOptions): LoadOptions {
  return {
    ...(columns !== undefined && { columns }),
    ...(strict !== undefined && { strict }),
    print,
    signal,
    onProgress,
    mirror,
    cache,
    catalogue,
  };
}

/** Makes the options of asking a judge, who keeps what it says in a folder of this name. */
export function judgeOptions(
  { out, judgePrompts, seed, signal, onProgress }: ReportOptions,
  name: string,
): JudgeOptions {
  return {
    folder: out === undefined ? undefined : join(out, name),
    prompts: judgePrompts,
    seed: typeof seed === 'number' ? seed : 0,
    signal,
    onProgress,
  };
}
