import { escapeHtml } from '../../text/index.ts';

/** HTML that was made here; any other text is escaped where it is put into HTML. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** Content of a place in HTML: texts are escaped, lists joined, null and false left out. */
export type Content = Markup | string | number | null | false | undefined | readonly Content[];

/** Makes HTML of a template whose places are escaped, whatever they hold. */
export function markup(parts: TemplateStringsArray, ...places: readonly Content[]): Markup {
  return new Markup(parts.map((part, i) => part + contentHtml(places[i])).join(''));
}

function contentHtml(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Markup) return content.html;
  if (typeof content === 'object') return content.map(contentHtml).join('\n');
  return escapeHtml(String(content));
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface TableColumn {
  title: string;
  numeric?: boolean;
}

/**
 * Makes a table below its caption, which stays in view where a wide table is scrolled; the first cell of each row is its
 * heading.
 */
export function tableOf(
  caption: Content,
  columns: readonly TableColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  const classOf = (column: number) => (columns[column]?.numeric ? markup` class="number"` : '');
  const head = columns.map(({ title }, i) => markup`<th scope="col"${classOf(i)}>${title}</th>`);
  const body = rows.map(
    ([first, ...cells]) =>
      markup`<tr><th scope="row">${first}</th>${cells.map((cell, i) => markup`<td${classOf(i + 1)}>${cell}</td>`)}</tr>`,
  );
  return markup`<figure class="table">
<figcaption>${caption}</figcaption>
<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table aria-label="${caption}">
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>
</figure>`;
}

/** Makes a section with its heading. */
export function section(id: string, title: string, ...content: readonly Content[]): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>`;
}
