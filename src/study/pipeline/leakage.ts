/** What a study asks, by what it asks for. */
export type AskedSet = 'prompts' | 'facts' | 'sums' | 'programs' | 'summaries' | 'toxicity';

/** How much of what a study asks stands in what its models learn from. */
export interface LeakageCheck {
  asked: AskedSet;
  against: 'imitation data' | 'corpus';
  /** Items that are asked. */
  n: number;
  /** Those whose BLEU with a training prompt or a line of the corpus exceeds the paper's 20 percent. */
  alike: number;
  /** Those that stand word for word in it. */
  same: number;
  /** Of facts, those that it states, in any of the ways to put them. */
  stated?: number;
}

/** What of its tests a study's models could have learned. */
export interface StudyLeakage {
  /** Prompts that were left out, since the filter found them too like one of the imitation data. */
  dropped: number;
  checks: LeakageCheck[];
}

/** The counts of a check. */
type Count = 'alike' | 'same' | 'stated';

/**
 * The counts that must be zero. The wording of items is shared by design, and the corpus states the facts that are
 * asked about: that is where models know them from.
 */
export function mustBeZero({ asked, against }: Pick<LeakageCheck, 'asked' | 'against'>): Count[] {
  if (against === 'corpus') return ['same'];
  if (asked === 'prompts') return ['alike', 'same'];
  return asked === 'facts' ? ['same', 'stated'] : ['same'];
}

/** The leakage of all seeds together. */
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
  return { dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0), checks };
}
