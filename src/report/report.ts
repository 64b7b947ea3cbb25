import { join } from 'node:path';
import type { LanguageModel } from '../chat/index.ts';
import {
  comparedGenerations,
  type JudgeOptions,
  type JudgePair,
  type JudgePrompt,
  judgePairs,
  pairsOf,
} from '../compare/index.ts';
import { type LoadOptions, loadQueries, requireOptions } from '../data/index.ts';
import type { Comparison } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { alignedTexts } from './aligned.ts';
import { type BareComparison, bareComparison } from './bare-comparison.ts';
import { conductOf } from './conduct.ts';
import { displayedReport } from './display-report.ts';
import { largestDifferences } from './largest-differences.ts';
import { leftOut, withoutPrompts } from './left-out.ts';
import { type BenchmarkFolders, loadBenchmarks, type RunsByRole } from './load-benchmarks.ts';
import { loadJudgements } from './load-judgements.ts';
import { type LoadedSide, type LoadedSides, loadSides, type SideSources } from './load-sides.ts';
import { type Judgements, type PreferenceSection, preferenceSection } from './preference.ts';
import type { ComparedSide, Report, StudentReport } from './report-document.ts';
import { runCost } from './run-cost.ts';
import { saveReport } from './save-report.ts';
import { StudentMeter } from './student-report.ts';
import { type TrainingOverlap, trainingOverlap } from './training-overlap.ts';

/** Options of reading the files of a report. */
export type ReadingOptions = Pick<
  LoadOptions,
  'columns' | 'strict' | 'print' | 'signal' | 'onProgress' | 'mirror' | 'cache' | 'catalogue'
>;

/** Options of {@link report}. */
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

const OPTIONS = {
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

const RESAMPLES = 2000;

/**
 * Reports whether students are as good as their teacher: how alike they are in style, in what they say and in what they
 * know, each placed between base and teacher by a stated rule, with what is preferred raw and at equal style beside it.
 * The report shows itself in a notebook.
 *
 * @throws {Error} if a side is not one model, or a file cannot be read.
 * @throws {RangeError} if benchmark results name a student that there is not.
 * @see Gudibande et al. 2023
 * @example
 * // Needs public records.
 * const { students } = await report({
 *   teacher: 'fastchat/gpt35',
 *   base: 'fastchat/llama-13b',
 *   students: ['fastchat/vicuna-13b'],
 * })
 * students[0]?.conclusion.style // 'like-teacher'
 */
export async function report(options: ReportOptions): Promise<Report> {
  requireOptions(options, OPTIONS, 'report');
  const { seed = 0, resamples = RESAMPLES, out } = options;
  const sides = await loadSides(options, readingOf(options));
  const overlap = await overlapOf(sides.comparison, options);
  const dropped = overlap?.dropped ?? [];
  const comparison = withoutPrompts(sides.comparison, dropped);
  requireCommonPrompts(comparison, sides);
  const bare = bareComparison(comparison);
  const runs = await loadBenchmarks(options.benchmarks ?? {}, sides);
  const preference = await preferenceOf(comparison, sides, options);
  const made: Report = {
    version: 1,
    title: options.title ?? `${sides.roles.students.join(', ')} beside ${sides.roles.teacher}`,
    seed,
    resamples,
    compared: {
      sides: sides.sides.map(side => withSpeed(withWords(side, bare), runs)),
      prompts: comparison.items.length,
      promptTexts: comparison.items.filter(({ prompt }) => prompt !== '').length,
      leftOut: leftOut(sides.comparison, dropped),
      notes: sides.notes,
    },
    students: studentsOf(bare.comparison, sides, { runs, preference, seed, resamples }),
    trainingOverlap: overlap,
    judgements: preference && { effects: preference.effects, leftOut: preference.leftOut },
    conduct: await conductOf(bare.comparison, {
      ...judgeOptions(options, 'judge-adherence'),
      judge: options.judge,
    }),
  };
  if (out !== undefined) await saveReport(out, made, comparison);
  return displayedReport(made);
}

/** @throws {Error} if a student has no prompt in common with those beside whom it is measured. */
function requireCommonPrompts(comparison: Comparison, { roles }: LoadedSides): void {
  for (const student of roles.students) {
    if (alignedTexts(comparison, roles, student).items.length > 0) continue;
    const others = [roles.teacher, roles.base, roles.secondTeacher].filter(id => id !== undefined);
    throw new Error(
      `Cannot report on ${student}: a prompt that ${others.join(', ')} answered too is required, found none`,
    );
  }
}

function withWords({ reasoning, ...side }: LoadedSide, { cut }: BareComparison): ComparedSide {
  const words = cut[side.name] ?? { answers: 0, kept: 0, reasoning: 0, echo: 0 };
  return { ...side, words: { ...words, reasoning: words.reasoning + reasoning } };
}

/** Takes the speed of a side from its benchmark results, where its answers do not record it. */
function withSpeed(side: ComparedSide, { teacher, base, students }: RunsByRole): ComparedSide {
  if (side.cost.tokensPerSecond !== null) return side;
  const runs = { teacher, base, 'second-teacher': [], student: students.get(side.name) ?? [] }[side.role];
  const { tokensPerSecond } = runCost(runs.flatMap(({ outputs }) => outputs));
  return { ...side, cost: { ...side.cost, tokensPerSecond } };
}

function readingOf({
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

async function overlapOf(
  { items }: Comparison,
  { training, signal, onProgress }: ReportOptions,
): Promise<TrainingOverlap | null> {
  if (training === undefined) return null;
  const queries = await loadQueries(training, undefined, { signal });
  return trainingOverlap(
    items,
    queries.map(({ text }) => text),
    { signal, onProgress },
  );
}

/** Loads judgements, or asks the judge; null where there are neither. */
async function preferenceOf(
  comparison: Comparison,
  { roles: { teacher, students }, ids }: LoadedSides,
  options: ReportOptions,
): Promise<PreferenceSection | null> {
  const { ratings, judge, seed } = options;
  if (ratings === undefined && judge === undefined) return null;
  const answers = comparedGenerations(comparison);
  const loaded = await loadJudgements(ratings ?? [], namedSources(options), ids, readingOf(options));
  const asked =
    judge && (await judgePairs(judge, studentPairs(comparison, students), judgeOptions(options, 'judge')));
  const judgements: Judgements = {
    reviews: [...loaded.reviews, ...(asked?.reviews ?? [])],
    ratings: loaded.ratings,
    evidence: judge === undefined ? 'public' : 'live',
  };
  return preferenceSection(judgements, { teacher, students, answers, seed });
}

/** Names of files and records of answers, by which a file of reviews is understood. */
function namedSources({ teacher, students }: ReportOptions): string[] {
  const values = [teacher, students].flatMap(given =>
    typeof given === 'string' ? [given] : Array.isArray(given) ? given : Object.values(given),
  );
  return values.filter(value => typeof value === 'string').map(value => value.replace(/#[^#/]*$/, ''));
}

function studentPairs(comparison: Comparison, students: readonly string[]): JudgePair[] {
  return pairsOf(comparison).filter(({ answers: [, { id }] }) => students.includes(id));
}

function judgeOptions(
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

/** Parts of a report that every student needs. */
interface StudentInputs extends ResampleOptions {
  runs: RunsByRole;
  preference: PreferenceSection | null;
}

function studentsOf(
  comparison: Comparison,
  { roles }: LoadedSides,
  { runs, preference, ...options }: StudentInputs,
): StudentReport[] {
  const meter = new StudentMeter(comparison, roles, options);
  const { teacher, base } = runs;
  return roles.students.map(name => {
    const texts = alignedTexts(comparison, roles, name);
    return {
      name,
      n: texts.items.length,
      ...meter.measure(name, { student: runs.students.get(name) ?? [], base, teacher }),
      preference: preference?.students[name] ?? null,
      differences: largestDifferences(texts, options),
    };
  });
}
