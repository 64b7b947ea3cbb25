import { escapeHtml } from '../text/index.ts';
import { withDisplay } from './with-display.ts';

/** Facts about a value, by name; those that are undefined are left out. */
export type Facts = Readonly<Record<string, string | undefined>>;

/**
 * Lets a value show itself by a few facts, in a notebook as a table and where it is printed as lines, in place of all
 * that it holds.
 *
 * @param facts asked each time it is shown.
 * @returns the value itself.
 */
export function showFacts<T extends object>(value: T, facts: (value: T) => Facts): T {
  const stated = () => Object.entries(facts(value)).filter(([, fact]) => fact !== undefined);
  const text = () => {
    const width = Math.max(...stated().map(([name]) => name.length));
    return stated()
      .map(([name, fact]) => `${name.padEnd(width)}  ${fact}`)
      .join('\n');
  };
  const html = () => {
    const rows = stated().map(
      ([name, fact]) =>
        `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(String(fact))}</td></tr>`,
    );
    return `<table>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
  };
  return withDisplay(value, () => ({ 'text/html': html(), 'text/plain': text() }), text);
}
