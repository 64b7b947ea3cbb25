import { boolean, list, number, object, string } from '../../runs/index.ts';
import { CHECK_RESULT, type CheckResult } from '../validity/check-result.ts';

/** Attempt to confirm the instrument: the checks on seeds that no tuning saw. */
export interface ConfirmationAttempt {
  seeds: readonly number[];
  /** ISO 8601 time at which its last run ended. */
  made: string;
  /** SHA-256 of the ids of its runs. */
  plan: string;
  /** True if every check passed. */
  valid: boolean;
  checks: readonly CheckResult[];
}

/** Guard of all attempts, as `data/confirmation.json` keeps them. */
export const ATTEMPTS = list(
  object<ConfirmationAttempt>({
    seeds: list(number),
    made: string,
    plan: string,
    valid: boolean,
    checks: list(CHECK_RESULT),
  }),
);
