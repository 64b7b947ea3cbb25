import { parseSync } from 'oxc-parser';

/** Completeness of a cell, and the indent of the next line if it is incomplete. */
export type Completeness = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string };

/** Distinguishes a cell that ends too early from one that is wrong: the former's error is at its end. */
export function completeness(code: string): Completeness {
  const { errors } = parseSync('cell.ts', code, { lang: 'ts', sourceType: 'module' });
  const [error] = errors;
  if (!error) return { status: 'complete' };
  const end = code.trimEnd().length;
  const start = error.labels[0]?.start ?? 0;
  const open = /^Unterminated/.test(error.message) && (code[start] === '`' || code.startsWith('/*', start));
  return open || start >= end ? { status: 'incomplete', indent: nextIndent(code) } : { status: 'invalid' };
}

/** Computes the indent of the last line, and one step more if it opens a bracket. */
function nextIndent(code: string): string {
  const last = code.trimEnd().split('\n').at(-1) ?? '';
  const indent = /^\s*/.exec(last)?.[0] ?? '';
  return /[[({]$/.test(last) ? `${indent}  ` : indent;
}
