import { LEFT_ALIGNED } from '../../figure/index.ts';
import { escapeHtml } from '../../text/index.ts';

/**
 * Writes a table with a caption as HTML.
 *
 * @param lines of cells in HTML; the first of each is its heading.
 */
export function captionedTable(
  caption: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): string {
  const cell = (html: string, index: number) =>
    index === 0 ? `<th scope="row" ${LEFT_ALIGNED}>${html}</th>` : `<td ${LEFT_ALIGNED}>${html}</td>`;
  return [
    '<table>',
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map(title => `<th scope="col" ${LEFT_ALIGNED}>${title}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...lines.map(cells => `<tr>${cells.map(cell).join('')}</tr>`),
    '</tbody></table>',
  ].join('\n');
}

/** Writes a text, and notes below it in small letters. */
export function withSmall(text: string, ...small: readonly string[]): string {
  const notes = small.filter(note => note !== '').map(note => `<br><small>${escapeHtml(note)}</small>`);
  return `${escapeHtml(text)}${notes.join('')}`;
}
