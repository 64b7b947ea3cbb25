import { loadPaperData, type PaperFigure7 } from '../data/index.ts';
import { escapeHtml } from '../text/index.ts';
import type { PaperFigure } from './paper-figure.ts';
import { type TableView, tableView } from './views.ts';

/**
 * Draws Figure 7: the text that raters see, in the paper's words.
 *
 * @see Gudibande et al. 2023, Figure 7 and Appendix B
 * @example
 * figure7(await loadPaperData('fig7'))
 */
export function figure7({ question, introduction, criteria, options, places }: PaperFigure7): TableView {
  const parts: readonly (readonly [part: string, texts: readonly string[]])[] = [
    ['Question', [question]],
    ['Instructions', [introduction]],
    ['Criteria', criteria],
    ['Shown', places],
    ['Options', options],
  ];
  const rows = parts.flatMap(([part, texts]) =>
    texts.map(text => ({ part, text, evidence: 'reported' as const })),
  );
  const lines = parts.flatMap(([part, texts]) =>
    texts.map((text, index) => {
      const head = `<th scope="rowgroup" rowspan="${texts.length}">${part}</th>`;
      return `<tr>${index === 0 ? head : ''}<td style="text-align: left">${escapeHtml(text)}</td></tr>`;
    }),
  );
  const html = `<table><caption>The paper’s rating interface, its words (reported)</caption>\n<tbody>${lines.join('\n')}</tbody></table>`;
  return tableView('fig7-interface', rows, html, rows.map(({ part, text }) => `${part}: ${text}`).join('\n'));
}

/** Figure 7 of the paper. */
export const FIGURE7: PaperFigure = {
  id: 'fig7',
  title: 'Figure 7',
  question: 'How do raters judge without knowing whose answers they read?',
  notebook: 'fig7',
  evidence: ['reported', 'public', 'live'],
  hypotheses: ['style-hides-falsehood'],
  outputs: ['fig7-interface', 'fig7', 'fig7-agreement', 'fig7-votes', 'fig7-verdicts'],
  draw: async () => [figure7(await loadPaperData('fig7'))],
};
