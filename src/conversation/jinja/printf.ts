import type { Budget } from './budget.ts';
import { reprOf, textOf } from './python-text.ts';
import { TemplateError, unsupported } from './template-error.ts';
import { typeName, type Value } from './values.ts';

/**
 * Puts values into a text as Python's `%` does: `%s`, `%r` and `%d`.
 *
 * @throws {TemplateError} if there are more or fewer values than places, or a place is of another form.
 */
export function printf(format: string, values: readonly Value[], budget: Budget): string {
  let used = 0;
  const text = format.replace(/%(.?)/gs, (whole, kind: string) => {
    if (kind === '%') return '%';
    const value = values[used];
    used += 1;
    if (value === undefined) throw new TemplateError(`${format} requires more than ${values.length} values`);
    if (kind === 's') return textOf(value, budget);
    if (kind === 'r') return reprOf(value, budget);
    if (kind !== 'd' && kind !== 'i') throw unsupported(`the place ${whole} in a text`);
    if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
    throw new TemplateError(`${whole} requires a whole number, got ${typeName(value)}`);
  });
  if (used < values.length)
    throw new TemplateError(`${format} requires ${used} values, got ${values.length}`);
  budget.spend(text.length);
  return text;
}
