import { FIGURES, LEFT_ALIGNED, type PaperFigure, type TableView, tableView } from '../figure/index.ts';
import { escapeHtml } from '../text/index.ts';
import { type CheckedStudy, type ShownVerdict, SIGNS, studyVerdicts } from './validity/index.ts';

const HEAD = ['In the paper', 'Question', 'Notebook', 'Evidence', 'Verdicts of the live study'];
/**
 * Lists the figures and tables of the paper with their notebooks, their kinds of evidence, and how many of the claims
 * that they make have each verdict of a study.
 *
 * @param study its rows and its manifest.
 * @param figures the figures to list; default the paper's.
 * @example
 * paperIndexTable(await openStudy())
 */
export function paperIndexTable(study: CheckedStudy, figures: readonly PaperFigure[] = FIGURES): TableView {
  const { claims } = studyVerdicts(study);
  const lines = figures.map(({ title, question, notebook, evidence, hypotheses }) => {
    const found = claims.filter(({ id }) => hypotheses.includes(id));
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
function count(verdicts: readonly ShownVerdict[]): string {
  const known = Object.entries(SIGNS).map(([verdict, sign]) => {
    const times = verdicts.filter(found => found === verdict).length;
    return times === 0 ? '' : `${sign} ${times} ${verdict}`;
  });
  return known.filter(text => text !== '').join(', ') || '–';
}
