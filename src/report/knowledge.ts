import { BENCHMARKS, type RegisteredBenchmark } from '../evaluate/index.ts';
import type { Estimate } from '../schema.ts';
import { pairedBootstrap, permutationTest, type ResampleOptions } from '../stats/index.ts';
import { type BenchmarkRun, ITEMS } from './benchmark-run.ts';
import { estimateOf } from './mean-estimates.ts';
import { type Label, type Placement, placeOnScale } from './place-on-scale.ts';

/** Results on benchmarks by the part that a model plays. */
export interface BenchmarkRuns {
  student: readonly BenchmarkRun[];
  base: readonly BenchmarkRun[];
  teacher: readonly BenchmarkRun[];
}

/** Difference of two models on the same items, with the p of a permutation test. */
export interface PairedDifference extends Estimate {
  p: number;
}

/** A student on one benchmark, beside its base and its teacher in the same form. */
export interface BenchmarkComparison {
  benchmark: string;
  metric: string;
  /** Form that all of them have in common. */
  form: Readonly<Record<string, string>>;
  /** Items that all of them scored. */
  n: number;
  /** Items that one of them did not score, or does not have. */
  unscored: number;
  student: Estimate;
  base: Estimate | null;
  teacher: Estimate | null;
  /** Student less base, and student less teacher. */
  aboveBase: PairedDifference | null;
  aboveTeacher: PairedDifference | null;
  /** Null without base or teacher. */
  placement: Placement | null;
  /** False of what is no knowledge, such as toxicity: it does not enter the conclusion. */
  isKnowledge: boolean;
}

/** Results that were not put into one difference. */
export interface RefusedComparison {
  benchmark: string;
  /** Part of the model whose results differ in form from the student's. */
  role: 'base' | 'teacher';
  reason: string;
}

/** Knowledge of a student, by benchmarks alone. */
export interface Knowledge extends Pick<Placement, 'n_needed' | 'reason'> {
  label: Label;
  benchmarks: BenchmarkComparison[];
  refused: RefusedComparison[];
}

/**
 * Concludes what a student knows from results of benchmarks alone: each is placed by itself on the scale from base to
 * teacher, on the items that all three scored in the same form. The label is the one that they have in common,
 * `between` if decided ones differ.
 */
export function knowledgeOf(runs: BenchmarkRuns, options: ResampleOptions = {}): Knowledge {
  const refused: RefusedComparison[] = [];
  const benchmarks = runs.student.map(run => {
    const partner = (role: RefusedComparison['role']) => {
      const found = inSameForm(run, runs[role]);
      if (found.reason !== undefined) refused.push({ benchmark: run.benchmark, role, reason: found.reason });
      return found.run;
    };
    return compared(run, partner('base'), partner('teacher'), options);
  });
  return { ...common(benchmarks, refused), benchmarks, refused };
}

/** Finds the result on the same benchmark in the same form, or the reason why there is none. */
function inSameForm(
  run: BenchmarkRun,
  others: readonly BenchmarkRun[],
): { run?: BenchmarkRun; reason?: string } {
  const candidates = others.filter(({ benchmark }) => benchmark === run.benchmark);
  const found = candidates.find(other => differenceOf(run, other) === undefined);
  if (found !== undefined) return { run: found };
  const reason = candidates[0] && differenceOf(run, candidates[0]);
  return reason === undefined ? {} : { reason };
}

/** States the first part of the form in which two results differ; undefined where they can be compared. */
function differenceOf(run: BenchmarkRun, other: BenchmarkRun): string | undefined {
  for (const [name, own] of Object.entries(run.form)) {
    const theirs = other.form[name];
    // Results of older versions do not state every part.
    if (theirs === undefined || own === theirs) continue;
    // A run of the first items of the same ones has another digest; items are matched by their ids.
    if (name === ITEMS && run.items.size !== other.items.size) continue;
    return `${name} must be equal, found ${own} of the student and ${theirs}`;
  }
  return undefined;
}

function compared(
  run: BenchmarkRun,
  base: BenchmarkRun | undefined,
  teacher: BenchmarkRun | undefined,
  options: ResampleOptions,
): BenchmarkComparison {
  const registered = BENCHMARKS.find(({ name }) => name === run.benchmark);
  const metric = metricOf(run, registered);
  const all = [run, base, teacher].filter(each => each !== undefined);
  const scoreOf = ({ items }: BenchmarkRun, id: string) => items.get(id)?.[metric] ?? null;
  const ids = [...run.items.keys()].filter(id => all.every(each => scoreOf(each, id) !== null));
  const scores = (each: BenchmarkRun) => Float64Array.from(ids, id => scoreOf(each, id) ?? 0);
  const [ofStudent, ofBase, ofTeacher] = [scores(run), base && scores(base), teacher && scores(teacher)];
  const less = (other: Float64Array): PairedDifference => ({
    ...pairedBootstrap(ofStudent, other, options),
    p: permutationTest(ofStudent, other, { seed: options.seed ?? 0 }).p,
  });
  return {
    benchmark: run.benchmark,
    metric,
    form: run.form,
    n: ids.length,
    unscored: new Set(all.flatMap(({ items }) => [...items.keys()])).size - ids.length,
    student: estimateOf(ofStudent, options),
    base: ofBase ? estimateOf(ofBase, options) : null,
    teacher: ofTeacher ? estimateOf(ofTeacher, options) : null,
    aboveBase: ofBase ? less(ofBase) : null,
    aboveTeacher: ofTeacher ? less(ofTeacher) : null,
    placement:
      ofBase && ofTeacher
        ? placeOnScale({ student: ofStudent, base: ofBase, teacher: ofTeacher }, options)
        : null,
    isKnowledge: registered === undefined || !measuresConduct(registered),
  };
}

/** Returns the metric that represents a benchmark: the one that Figure 4 draws, else its first. */
function metricOf({ metrics }: BenchmarkRun, registered: RegisteredBenchmark | undefined): string {
  const drawn = metrics.find(metric => registered?.metrics[metric]?.panel?.figure === 4);
  const [first = ''] = Object.keys(registered?.metrics ?? {}).filter(metric => metrics.includes(metric));
  return drawn ?? (first === '' ? (metrics[0] ?? '') : first);
}

/** Reports whether a benchmark is about what models avoid to say, rather than what they know: Figure 5. */
function measuresConduct({ metrics }: RegisteredBenchmark): boolean {
  return Object.values(metrics).some(({ panel }) => panel?.figure === 5);
}

function common(
  benchmarks: readonly BenchmarkComparison[],
  refused: readonly RefusedComparison[],
): Pick<Knowledge, 'label' | 'n_needed' | 'reason'> {
  const placements = benchmarks.flatMap(({ isKnowledge, placement }) =>
    isKnowledge && placement ? [placement] : [],
  );
  if (placements.length === 0) {
    const [first] = refused;
    const reason = first
      ? `${first.benchmark}: ${first.reason} of the ${first.role}`
      : 'results of student, base and teacher on the same benchmark are required';
    return { label: 'not-measured', reason };
  }
  const decided = new Set(placements.map(({ label }) => label).filter(label => label !== 'undecided'));
  const [label] = decided;
  if (label !== undefined) return { label: decided.size > 1 ? 'between' : label };
  const counts = placements.flatMap(({ n_needed }) => n_needed ?? []);
  return {
    label: 'undecided',
    n_needed: counts.length === 0 ? null : Math.min(...counts),
    reason: placements[0]?.reason ?? '',
  };
}

/** Returns the part of the way from base to teacher of the least known benchmark; null where none was measured. */
export function lowestPosition({ benchmarks }: Knowledge): number | null {
  const positions = benchmarks.flatMap(({ isKnowledge, placement }) =>
    isKnowledge ? (placement?.position.value ?? []) : [],
  );
  return positions.length === 0 ? null : Math.min(...positions);
}
