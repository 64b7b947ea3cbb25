import type { Estimate } from '../schema.ts';
import { wilson } from './wilson.ts';

/**
 * A share with its 95 % Wilson interval; of no trials it has neither.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ n.
 */
export function share(successes: number, n: number): Estimate {
  return { value: n === 0 ? null : successes / n, ...wilson(successes, n), n };
}
