/// <reference path="./turndown-plugin-gfm.d.ts" />
import { gfm } from '@joplin/turndown-plugin-gfm';
import Turndown from 'turndown';

/** As much of the page's elements as is looked at: the library is compiled without a browser's types. */
interface PageElement {
  nodeName: string;
  className: string;
  textContent: string | null;
  parentNode: PageElement;
  children: Iterable<PageElement>;
  querySelector(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
}

/** An answer that was saved as HTML begins with one of the elements that make up a page. */
const PAGE = /^\s*<(?:p|div|pre|ol|ul|table|h[1-6]|blockquote)\b[^<>]*>/i;

/**
 * Converts an answer that was saved as HTML to the Markdown that the page was made from: lists, tables, code with its
 * language, emphasis and links. Text that does not begin with an element of a page stays as it is, such as Markdown
 * about HTML.
 */
export function htmlToMarkdown(text: string): string {
  return PAGE.test(text) ? converter().turndown(text) : text;
}

let made: Turndown | undefined;

function converter(): Turndown {
  if (made) return made;
  const turndown = new Turndown({ headingStyle: 'atx', bulletListMarker: '-', emDelimiter: '*' });
  turndown.use(gfm);
  // Nothing is escaped: no model wrote `3 \* 4`.
  turndown.escape = text => text;
  turndown.addRule('code', {
    filter: 'pre',
    replacement: (_, node) => fenced(node as unknown as PageElement),
  });
  turndown.addRule('item', {
    filter: 'li',
    replacement: (content, node) => listItem(content, node as unknown as PageElement),
  });
  made = turndown;
  return turndown;
}

/** Formats a block of code without the bar above it, which names the language and has a button. */
function fenced(pre: PageElement): string {
  const code = pre.querySelector('code') ?? pre;
  const text = (code.textContent ?? '').replace(/\n$/, '');
  const language = /\blanguage-(\S+)/.exec(code.className)?.[1] ?? '';
  const inside = Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length);
  const fence = '`'.repeat(Math.max(3, ...inside.map(length => length + 1)));
  return `\n\n${fence}${language}\n${text}\n${fence}\n\n`;
}

/** Formats an item on consecutive lines, its content indented as far as its mark is long. */
function listItem(content: string, item: PageElement): string {
  const list = item.parentNode;
  const place = Array.from(list.children).indexOf(item);
  const first = Number(list.getAttribute('start') ?? 1);
  const mark = list.nodeName === 'OL' ? `${first + place}. ` : '- ';
  const lines = content.trim().replace(/\n{2,}(?=\s*(?:-|\d+\.) )/g, '\n');
  return `${mark}${lines.replaceAll('\n', `\n${' '.repeat(mark.length)}`)}\n`;
}
