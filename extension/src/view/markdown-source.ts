/**
 * Guard after a `<` or `!` that Markdown would read as the beginning of a tag or an image. This and the next are
 * noncharacters, which Unicode sets aside for internal use: no text holds them.
 */
const GUARD = '\uFDD1';

/** Replacement of a dollar sign that delimits no formula. */
const DOLLAR = '\uFDD0';

const GUARDS = /[\uFDD0\uFDD1]/;

/**
 * Converts an answer's text to Markdown source in which only Markdown has a meaning.
 *
 * Outside of code, HTML tags are guarded to be shown as text, images to be shown as links (an answer must not make
 * the reader's browser fetch anything), and dollar signs that delimit no formula (`$5 or $10`) to be shown as such.
 * Diagrams are shown as code. {@link removeGuards} restores the text once it is rendered.
 */
export function markdownSource(text: string): string {
  let fence: string | null = null;
  return text
    .split('\n')
    .map(line => {
      const ticks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence !== null) {
        if (ticks?.startsWith(fence) && line.trim() === ticks) fence = null;
        return line;
      }
      if (ticks && !(ticks[0] === '`' && line.trim().slice(ticks.length).includes('`'))) {
        fence = ticks;
        return line.replace(/mermaid/i, `$&${GUARD}`);
      }
      return guardLine(line);
    })
    .join('\n');
}

/** Restores the characters of a rendered and typeset answer. */
export function removeGuards(host: HTMLElement): void {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text && GUARDS.test(node.data)) {
      node.data = node.data.replaceAll(GUARD, '').replaceAll(DOLLAR, '$');
    }
  }
}

/**
 * An escaped dollar sign, `$$`, a formula, or a dollar sign that is none of these. A formula has no space
 * inside its signs and no digit after them, as in Pandoc.
 */
const DOLLARS = /\\\$|\$\$|\$(?!\s)(?:\\.|[^$\\])*(?<=\S)\$(?!\d)|\$/g;

/** Guards one line outside of its inline code. */
function guardLine(line: string): string {
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part
        .replace(/<(?=[a-z/!?])/gi, `<${GUARD}`)
        .replace(/!(?=\[)/g, `!${GUARD}`)
        .replace(DOLLARS, found => (found === '$' || found === '\\$' ? DOLLAR : found.replaceAll(GUARD, '')));
    })
    .join('');
}
