import { loadQueries, requireOptions } from '../data/index.ts';
import type { Comparison } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { alignedTexts } from './aligned.ts';
import { bareComparison } from './bare-comparison.ts';
import { comparedSides } from './compared-sides.ts';
import { conductOf } from './conduct.ts';
import { displayedReport } from './display-report.ts';
import { judgedPreference } from './judged-preference.ts';
import { languageNote } from './language-note.ts';
import { largestDifferences } from './largest-differences.ts';
import { leftOut, withoutPrompts } from './left-out.ts';
import { loadBenchmarks, type RunsByRole } from './load-benchmarks.ts';
import { type LoadedSides, loadSides } from './load-sides.ts';
import type { PreferenceSection } from './preference.ts';
import type { Report, StudentReport } from './report-document.ts';
import { judgeOptions, REPORT_OPTIONS, type ReportOptions, readingOf } from './report-options.ts';
import { saveReport } from './save-report.ts';
import { StudentMeter } from './student-report.ts';
import { type TrainingOverlap, trainingOverlap } from './training-overlap.ts';

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
  requireOptions(options, REPORT_OPTIONS, 'report');
  const { seed = 0, resamples = RESAMPLES, out } = options;
  const sides = await loadSides(options, readingOf(options));
  const overlap = await overlapOf(sides.comparison, options);
  const dropped = overlap?.dropped ?? [];
  const comparison = withoutPrompts(sides.comparison, dropped);
  requireCommonPrompts(comparison, sides);
  const bare = bareComparison(comparison);
  const runs = await loadBenchmarks(options.benchmarks ?? {}, sides);
  const language = await languageNote(bare.comparison, sides.roles.teacher);
  const preference = await judgedPreference(comparison, sides, options);
  const made: Report = {
    version: 1,
    title: options.title ?? `${sides.roles.students.join(', ')} beside ${sides.roles.teacher}`,
    seed,
    resamples,
    compared: {
      sides: comparedSides(sides.sides, bare, runs),
      prompts: comparison.items.length,
      promptTexts: comparison.items.filter(({ prompt }) => prompt !== '').length,
      leftOut: leftOut(sides.comparison, dropped),
      notes: [...sides.notes, ...(language === undefined ? [] : [language])],
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

async function overlapOf({ items }: Comparison, options: ReportOptions): Promise<TrainingOverlap | null> {
  const { training, signal, onProgress } = options;
  if (training === undefined) return null;
  const queries = await loadQueries(training, undefined, readingOf(options));
  return trainingOverlap(
    items,
    queries.map(({ text }) => text),
    { signal, onProgress },
  );
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
