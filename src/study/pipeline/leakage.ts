import { list, literal, number, object, optional } from '../../runs/index.ts';

/** Set of items that a study asks. */
export type AskedSet = 'prompts' | 'facts' | 'sums' | 'programs' | 'summaries' | 'toxicity';

/** Counts of a study's items that occur in the training data of its models. */
export interface LeakageCheck {
  asked: AskedSet;
  against: 'imitation data' | 'corpus';
  /** Number of items. */
  n: number;
  /** Number whose BLEU with a training prompt or a line of the corpus exceeds the paper's 20 percent. */
  alike: number;
  /** Number that occur word for word. */
  same: number;
  /** Number of facts that are stated, in any phrasing. */
  stated?: number;
}

/** Numbers of the templates from which a world's requests are made. */
export interface WordingCounts {
  corpus: number;
  imitation: number;
  tests: number;
  /** Templates that more than one of the three uses. */
  shared: number;
}

/** Test items of a study that its models could have learned. */
export interface StudyLeakage {
  /** Number of prompts that the filter left out, as too similar to one of the imitation data. */
  dropped: number;
  checks: readonly LeakageCheck[];
  /** Counts of all seeds; undefined where templates were not compared. */
  wordings?: WordingCounts;
}

/** Guard of the leakage of a study. */
export const LEAKAGE = object<StudyLeakage>({
  dropped: number,
  checks: list(
    object<LeakageCheck>({
      asked: literal('prompts', 'facts', 'sums', 'programs', 'summaries', 'toxicity'),
      against: literal('imitation data', 'corpus'),
      n: number,
      alike: number,
      same: number,
      stated: optional(number),
    }),
  ),
  wordings: optional(
    object<WordingCounts>({ corpus: number, imitation: number, tests: number, shared: number }),
  ),
});

/** The counts of a check. */
type Count = 'alike' | 'same' | 'stated';

/**
 * Lists the counts that must be zero. The wording of items is shared by design, and the corpus states the facts that are
 * asked about, since models learn them there.
 */
export function mustBeZero({ asked, against }: Pick<LeakageCheck, 'asked' | 'against'>): Count[] {
  if (against === 'corpus') return ['same'];
  if (asked === 'prompts') return ['alike', 'same'];
  return asked === 'facts' ? ['same', 'stated'] : ['same'];
}

/** Returns the leakage of prompts from outside: the filter left out all that are similar to one of the imitation data. */
export function filteredPrompts({ dropped, kept }: { dropped: number; kept: number }): StudyLeakage {
  return { dropped, checks: [{ asked: 'prompts', against: 'imitation data', n: kept, alike: 0, same: 0 }] };
}

/** Adds up the leakage of all seeds. */
export function allLeakage(parts: readonly StudyLeakage[]): StudyLeakage {
  const checks: LeakageCheck[] = [];
  for (const check of parts.flatMap(part => part.checks)) {
    const sum = checks.find(({ asked, against }) => asked === check.asked && against === check.against);
    if (sum === undefined) checks.push({ ...check });
    else {
      sum.n += check.n;
      sum.alike += check.alike;
      sum.same += check.same;
      if (check.stated !== undefined) sum.stated = (sum.stated ?? 0) + check.stated;
    }
  }
  const wordings = allWordings(parts);
  return {
    dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
    checks,
    ...(wordings && { wordings }),
  };
}

/** Adds up the templates of all seeds; undefined unless each compared its own. */
function allWordings(parts: readonly StudyLeakage[]): WordingCounts | undefined {
  const sum = { corpus: 0, imitation: 0, tests: 0, shared: 0 };
  for (const { wordings } of parts) {
    if (wordings === undefined) return undefined;
    sum.corpus += wordings.corpus;
    sum.imitation += wordings.imitation;
    sum.tests += wordings.tests;
    sum.shared += wordings.shared;
  }
  return parts.length === 0 ? undefined : sum;
}
