/**
 * WORD JOINER: invisible, without width. After a `<` it keeps Markdown from reading a tag, so that HTML in an
 * answer is shown as the model wrote it instead of being applied or dropped.
 */
const GUARD = '\u2060';

/**
 * An answer's text as Markdown source in which nothing but Markdown has a meaning.
 *
 * Outside of code: HTML tags are guarded to be shown as text, images to be shown as links (an answer must
 * not make the reader's browser fetch anything), and dollar signs that delimit no formula (`$5 or $10`)
 * escaped. Diagrams are shown as code.
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

/** Take the guards out of a rendered answer, so that copied text is the model's. */
export function removeGuards(host: HTMLElement): void {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text && node.data.includes(GUARD)) node.data = node.data.replaceAll(GUARD, '');
  }
}

/** Guard one line outside of its inline code. */
function guardLine(line: string): string {
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part
        .replace(/<(?=[a-z/!?])/gi, `<${GUARD}`)
        .replace(/!(?=\[)/g, `!${GUARD}`)
        .replace(/\$\$|(?<!\\)\$(?!\s)(?:\\.|[^$\\])*(?<=\S)\$(?!\d)|(?<!\\)\$/g, found =>
          found === '$' ? '\\$' : found,
        );
    })
    .join('');
}
