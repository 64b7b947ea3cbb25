export { HYPOTHESES, type Hypothesis } from './hypotheses.ts';
export { type TestedHypothesis, testHypotheses } from './test-hypotheses.ts';
export type { Direction, Verdict } from './verdict.ts';
export { verdictTable } from './verdict-table.ts';
