import { boolean, nullable, number, object, string } from '../../runs/index.ts';

/** Result of a check. */
export interface CheckResult {
  id: string;
  /** Mean over seeds unless the rule says otherwise; null where it was not measured, which does not pass. */
  value: number | null;
  rule: string;
  passed: boolean;
}

/** Guard of a result, as a manifest keeps it. */
export const CHECK_RESULT = object<CheckResult>({
  id: string,
  value: nullable(number),
  rule: string,
  passed: boolean,
});
