import { type TableView, tableView } from '../../figure/index.ts';
import { escapeHtml } from '../../text/index.ts';
import { captionedTable } from './captioned-table.ts';
import type { CheckedStudy } from './check.ts';
import { checkValidity } from './checks.ts';
import { invalidText } from './verdict-table.ts';

const HEAD = ['Check', 'Rule', 'Value', 'Passed'];

const VALID = 'Valid instrument: every check passes, as means over the seeds of the study.';

/**
 * Makes a table of the checks of a study's instrument, on which it depends whether there are verdicts: a line each, with
 * its rule, its value and whether it passed.
 *
 * @param study its rows and its manifest.
 * @example
 * checkTable(await openStudy())
 */
export function checkTable(study: CheckedStudy): TableView {
  const checks = checkValidity(study);
  const valid = checks.every(({ passed }) => passed);
  const caption = valid ? VALID : invalidText(checks);
  const lines = checks.map(({ id, rule, value, passed }) => [
    id,
    rule,
    value === null ? 'not measured' : numberText(value),
    passed ? '✓ yes' : '✗ no',
  ]);
  const html = captionedTable(
    caption,
    HEAD,
    lines.map(cells => cells.map(escapeHtml)),
  );
  const text = lines.map(([id, rule, value, passed]) => `${passed} ${id}: ${value} (${rule})`);
  return tableView(
    'validity',
    checks.map(check => ({ ...check })),
    html,
    [caption, ...text].join('\n'),
  );
}

/** Formats a value with three digits after the point, where it has any. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3).replace('-', '−');
}
