import type { Estimate } from '../../schema.ts';
import { withInterval } from '../format.ts';

/** Formats a value with its interval, so that no line breaks inside. */
export function shownInterval(estimate: Omit<Estimate, 'n'>, form: (value: number | null) => string): string {
  return withInterval(estimate, form).replaceAll(' ', '\u00a0');
}
