export type {
  CheckedStudy,
  Found,
  ValidityCheck,
} from './check.ts';
export type { CheckResult } from './check-result.ts';
export { checkTable } from './check-table.ts';
export { checkValidity, VALIDITY_CHECKS } from './checks.ts';
export { exploratoryTable } from './exploratory-table.ts';
export { itemsRequired } from './items.ts';
export {
  INVALID,
  type JudgedClaim,
  type ShownVerdict,
  type StudyVerdicts,
  studyVerdicts,
} from './study-verdicts.ts';
export { invalidText, SIGNS, verdictTable } from './verdict-table.ts';
