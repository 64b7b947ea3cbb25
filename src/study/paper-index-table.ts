import { FIGURES, LEFT_ALIGNED, type PaperFigure, type TableView, tableView } from '../figure/index.ts';
import type { StudyRow } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';
import { testHypotheses, type Verdict } from './hypotheses/index.ts';

const HEAD = ['In the paper', 'Question', 'Notebook', 'Evidence', 'Verdicts of the live study'];
const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ['supported', '✓'],
  ['not supported', '✗'],
  ['undecided', '?'],
];

/**
 * Lists the figures and tables of the paper with their notebooks, their kinds of evidence, and how many of the claims
 * that they make a study supports, does not support, or leaves undecided.
 *
 * @param rows a study's rows.
 * @param figures the figures to list; default the paper's.
 * @example
 * const { rows } = await openStudy();
 * paperIndexTable(rows)
 */
export function paperIndexTable(
  rows: readonly StudyRow[],
  figures: readonly PaperFigure[] = FIGURES,
): TableView {
  const tested = testHypotheses(rows);
  const lines = figures.map(({ title, question, notebook, evidence, hypotheses }) => {
    const found = tested.filter(({ id }) => hypotheses.includes(id));
    return {
      figure: title,
      question,
      notebook,
      evidence: evidence.join(', '),
      verdicts: count(found.map(({ verdict }) => verdict)),
    };
  });
  const body = lines.map(({ figure, question, notebook, evidence, verdicts }) => {
    const link = `<a href="${escapeHtml(notebook)}.ipynb">${escapeHtml(notebook)}</a>`;
    const cells = [escapeHtml(question), link, evidence, verdicts.replaceAll(', ', '<br>')].map(
      cell => `<td ${LEFT_ALIGNED}>${cell}</td>`,
    );
    return `<tr><th scope="row" ${LEFT_ALIGNED}>${escapeHtml(figure)}</th>${cells.join('')}</tr>`;
  });
  const head = HEAD.map(title => `<th scope="col" ${LEFT_ALIGNED}>${title}</th>`).join('');
  const html = `<table><thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table>`;
  const text = lines.map(line => Object.values(line).join(' | '));
  return tableView('paper-index', lines, html, text.join('\n'));
}

/** Counts verdicts, such as `✓ 3 supported, ? 1 undecided`; a dash where the paper makes no claim that a study tests. */
function count(verdicts: readonly Verdict[]): string {
  const counted = VERDICTS.flatMap(([verdict, sign]) => {
    const times = verdicts.filter(found => found === verdict).length;
    return times === 0 ? [] : [`${sign} ${times} ${verdict}`];
  });
  return counted.join(', ') || '–';
}
