import { inspect } from 'node:util';
import { expect } from 'vitest';

/**
 * Compares a value with the comment that states it: the text that `util.inspect` prints, on one line. `…` represents
 * any text, such as further digits; what follows `; ` after the value is a remark.
 */
export function expectValue(value: unknown, comment: string): void {
  const printed = oneLine(inspect(value, { breakLength: Infinity, compact: true, depth: null }));
  const parts = oneLine(comment)
    .replace(/; .*$/, '')
    .split('…')
    .map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  expect(printed, `the comment states ${comment}`).toMatch(new RegExp(`^${parts.join('.*')}$`));
}

/** Removes line breaks, and the spaces that `util.inspect` prints within the brackets of a list. */
const oneLine = (text: string) =>
  text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']');
