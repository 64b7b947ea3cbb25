import { type IRenderMimeRegistry, renderMarkdown } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { markdownSource, removeGuards } from './markdown-source.ts';

/** Renders one answer's Markdown into `host`; resolves once it is there. */
export type RenderAnswer = (host: HTMLElement, text: string) => Promise<void>;

/** Elements that Markdown makes; no images, frames, media or forms, whatever JupyterLab's sanitizer lets through. */
const TAGS = [
  ...[
    'a',
    'blockquote',
    'br',
    'code',
    'dd',
    'del',
    'div',
    'dl',
    'dt',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
  ],
  ...['hr', 'li', 'ol', 'p', 'pre', 's', 'span', 'strong', 'sub', 'sup'],
  ...['table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
];

const ATTRIBUTES = {
  a: ['href', 'title'],
  code: ['class'],
  li: ['value'],
  ol: ['start', 'type'],
  pre: ['class'],
  span: ['class'],
  td: ['align'],
  th: ['align'],
};

/** Signs of a formula, for which the typesetter is needed. */
const FORMULA = /\$|\\[([]|\\begin\{/;

/** Renders answers with JupyterLab's own Markdown parser, formulas and sanitizer. */
export function answerRenderer(rendermime: IRenderMimeRegistry): RenderAnswer {
  const { sanitizer, markdownParser, latexTypesetter } = rendermime;
  const strict: IRenderMime.ISanitizer = {
    sanitize: dirty => sanitizer.sanitize(dirty, { allowedTags: TAGS, allowedAttributes: ATTRIBUTES }),
  };
  return async (host, text) => {
    await renderMarkdown({
      host,
      source: markdownSource(text),
      trusted: false,
      sanitizer: strict,
      resolver: null,
      linkHandler: null,
      shouldTypeset: false,
      latexTypesetter,
      markdownParser,
    });
    // The typesetter is large and loaded on first use: answers without a formula do not wait for it.
    if (FORMULA.test(text)) await latexTypesetter?.typeset(host);
    removeGuards(host);
    // Headings of two answers would share ids, and their anchors lead nowhere in an output.
    for (const anchor of host.querySelectorAll('.jp-InternalAnchorLink')) anchor.remove();
    for (const heading of host.querySelectorAll('[id], [data-jupyter-id]')) {
      heading.removeAttribute('id');
      heading.removeAttribute('data-jupyter-id');
    }
  };
}
