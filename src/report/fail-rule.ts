import { didYouMean } from '../text/index.ts';
import { lowestPosition } from './knowledge.ts';
import type { Report, StudentReport } from './report-document.ts';

/** Rule by which a report fails: an estimate below, or above, a bound. */
export interface FailRule {
  estimate: EstimateName;
  /** Fails where the estimate is `<` or `>` the bound. */
  sign: '<' | '>';
  bound: number;
}

/** A student that breaks a rule. */
export interface RuleFailure {
  student: string;
  rule: string;
  /** Null where it was not measured. */
  value: number | null;
}

/** Estimates by which a report can fail, of each student; null where one was not measured. */
const ESTIMATES = {
  style: ({ style }) => style.placement?.position.value ?? null,
  content: ({ content }) => content.placement?.position.value ?? null,
  knowledge: ({ knowledge }) => lowestPosition(knowledge),
  preference: ({ preference }) => preference?.styleControl?.raw.value ?? null,
  'controlled-preference': ({ preference }) => {
    const { identified = false, controlled } = preference?.styleControl ?? {};
    return identified ? (controlled?.value ?? null) : null;
  },
  adherence: ({ name }, { conduct }) => conduct.adherence?.[name]?.value ?? null,
  refusal: ({ name }, { conduct }) => {
    const { judge, lexicon } = conduct.refusals;
    return (judge ?? lexicon)[name]?.value ?? null;
  },
  overlap: ({ style }) => style.student.unigram.value,
} as const satisfies Record<string, (student: StudentReport, report: Report) => number | null>;

/** Name of an estimate by which a report can fail. */
export type EstimateName = keyof typeof ESTIMATES;

/** Names of the estimates by which a report can fail. */
export const FAIL_ESTIMATES: readonly string[] = Object.keys(ESTIMATES);

/**
 * Parses a rule such as `knowledge<.8` or `refusal>.1`.
 *
 * @throws {RangeError} if it is none, or names no estimate.
 * @example
 * parseFailRule('knowledge < .8') // { estimate: 'knowledge', sign: '<', bound: 0.8 }
 */
export function parseFailRule(text: string): FailRule {
  const [, name = '', sign, bound = ''] =
    /^\s*([a-z-]+)\s*([<>])\s*(-?(?:\d+\.?\d*|\.\d+))\s*$/.exec(text) ?? [];
  if (sign !== '<' && sign !== '>')
    throw new RangeError(`must be ESTIMATE<NUMBER or ESTIMATE>NUMBER, got ${JSON.stringify(text)}`);
  if (!isEstimate(name))
    throw new RangeError(
      `must begin with one of ${FAIL_ESTIMATES.join(', ')}, got ${JSON.stringify(text)}${didYouMean(name, FAIL_ESTIMATES)}`,
    );
  return { estimate: name, sign, bound: Number(bound) };
}

function isEstimate(name: string): name is EstimateName {
  return FAIL_ESTIMATES.includes(name);
}

/** Lists the students that break a rule: by their estimate, or because it was not measured. */
export function failuresOf(report: Report, { estimate, sign, bound }: FailRule): RuleFailure[] {
  return report.students.flatMap(student => {
    const value = ESTIMATES[estimate](student, report);
    const breaks = value === null || (sign === '<' ? value < bound : value > bound);
    return breaks ? [{ student: student.name, rule: `${estimate}${sign}${bound}`, value }] : [];
  });
}
