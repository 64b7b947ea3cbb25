import {
  BENCHMARKS,
  type EvaluationResult,
  matchResults,
  type PromptForm,
  type RegisteredBenchmark,
  type ResultDifference,
} from '../evaluate/index.ts';
import type { Estimate } from '../schema.ts';
import { comparePairs, meanEstimate, type PairComparison, type ResampleOptions } from '../stats/index.ts';
import { type Label, type Placement, placeOnScale } from './place-on-scale.ts';

/** Results on benchmarks by the part that a model plays. */
export interface BenchmarkRuns {
  student: readonly EvaluationResult[];
  base: readonly EvaluationResult[];
  teacher: readonly EvaluationResult[];
}

/** A student on one benchmark, beside its base and its teacher in the same form. */
export interface BenchmarkComparison {
  benchmark: string;
  metric: string;
  /** Form that all of them have in common. */
  form: Omit<PromptForm, 'templateDigest'>;
  /** Items that all of them scored. */
  n: number;
  /** Items that one of them did not score, or does not have. */
  unscored: number;
  student: Estimate;
  base: Estimate | null;
  teacher: Estimate | null;
  /** Student less base, and student less teacher. */
  aboveBase: PairComparison | null;
  aboveTeacher: PairComparison | null;
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
  run: EvaluationResult,
  others: readonly EvaluationResult[],
): { run?: EvaluationResult; reason?: string } {
  let reason: string | undefined;
  for (const other of others.filter(({ benchmark }) => benchmark === run.benchmark)) {
    const matched = matchResults(run, other, { items: 'common' });
    if (matched.matches) return { run: other };
    reason ??= reasonOf(matched.differences[0]);
  }
  return reason === undefined ? {} : { reason };
}

/** Words for the fields whose values are read; those of the others are digests and requests. */
const READABLE: Partial<Record<ResultDifference['field'], string>> = {
  version: 'version',
  promptFormat: 'prompt format',
  shots: 'shots',
};

/** States the first difference between a student's result and another one, which the name of the other follows. */
function reasonOf({ field, a, b }: ResultDifference): string {
  const name = READABLE[field];
  if (name !== undefined) return `${name} must be equal, found ${a} of the student and ${b}`;
  if (field === 'ids') return 'items in common are required, found none with those';
  return `${field === 'data' ? 'items' : 'prompts'} must be equal, found others than those`;
}

function compared(
  run: EvaluationResult,
  base: EvaluationResult | undefined,
  teacher: EvaluationResult | undefined,
  options: ResampleOptions,
): BenchmarkComparison {
  const registered: RegisteredBenchmark | undefined = BENCHMARKS.find(({ name }) => name === run.benchmark);
  const metric = metricOf(run, registered);
  const mayBeShare = registered?.metrics[metric]?.unit !== 'percent';
  const ofStudent = scoresBy(run, metric);
  const [ofBase, ofTeacher] = [base && scoresBy(base, metric), teacher && scoresBy(teacher, metric)];
  const all = [ofStudent, ofBase, ofTeacher].filter(each => each !== undefined);
  const ids = [...ofStudent.keys()].filter(id => all.every(each => typeof each.get(id) === 'number'));
  const inOrder = (scores: ScoresById) => ids.flatMap(id => scores.get(id) ?? []);
  const student = inOrder(ofStudent);
  const baseScores = ofBase && inOrder(ofBase);
  const teacherScores = ofTeacher && inOrder(ofTeacher);
  const estimate = (scores: readonly number[]) => meanEstimate(scores, { ...options, mayBeShare });
  const { benchmark, promptFormat, shots, version, promptDigest } = run;
  return {
    benchmark,
    metric,
    form: {
      promptFormat,
      shots,
      ...(version !== undefined && { version }),
      ...(promptDigest !== undefined && { promptDigest }),
    },
    n: ids.length,
    unscored: new Set(all.flatMap(scores => [...scores.keys()])).size - ids.length,
    student: estimate(student),
    base: baseScores ? estimate(baseScores) : null,
    teacher: teacherScores ? estimate(teacherScores) : null,
    aboveBase: baseScores ? comparePairs(student, baseScores, options) : null,
    aboveTeacher: teacherScores ? comparePairs(student, teacherScores, options) : null,
    placement:
      baseScores && teacherScores
        ? placeOnScale({ student, base: baseScores, teacher: teacherScores }, options)
        : null,
    isKnowledge: registered === undefined || !measuresConduct(registered),
  };
}

/** Scores by the ids of items; null where an item was not scored. */
type ScoresById = ReadonlyMap<string, number | null>;

function scoresBy({ items }: EvaluationResult, metric: string): ScoresById {
  return new Map(items.map(({ id, scores }): [string, number | null] => [id, scores[metric] ?? null]));
}

/** Returns the metric that represents a benchmark: the one that Figure 4 draws, else its first. */
function metricOf({ metrics }: EvaluationResult, registered: RegisteredBenchmark | undefined): string {
  const measured = metrics.map(({ metric }) => metric);
  const drawn = measured.find(metric => registered?.metrics[metric]?.panel?.figure === 4);
  const [first = ''] = Object.keys(registered?.metrics ?? {}).filter(metric => measured.includes(metric));
  return drawn ?? (first === '' ? (measured[0] ?? '') : first);
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
