import { htmlToMarkdown } from './html-to-markdown.ts';

/** The bar above a block of code as it is copied from the page: a language's name, perhaps, and a button. */
const BAR = /^[ \t]*(?:[\w+#.-]{1,20})?Copy code[ \t]*(?:\n|$)/gm;

/**
 * Cleans the text of a turn: Markdown without "Copy code", the button above each block of code that was copied along
 * with it.
 *
 * @see Gudibande et al. 2023, §3
 */
export function cleanText(text: string): string {
  return htmlToMarkdown(text).replace(BAR, '').replaceAll('Copy code', '').trim();
}
