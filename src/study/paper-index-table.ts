import { LEFT_ALIGNED, type TableView, tableView } from '../figure/index.ts';
import type { Evidence, StudyRow } from '../schema.ts';
import { escapeHtml } from '../text/index.ts';
import { testHypotheses, type Verdict } from './hypotheses/index.ts';

/** A figure or table of the paper, and where it stands here. */
export interface PaperPart {
  figure: string;
  question: string;
  /** Name of its notebook, without the ending. */
  notebook: string;
  evidence: readonly Evidence[];
  /** Ids of the hypotheses that it concerns. */
  hypotheses: readonly string[];
}

/** Everything that the paper shows, in its order. */
export const PAPER_INDEX: readonly PaperPart[] = [
  {
    figure: 'Figure 1',
    question: 'Do more imitation data, or larger base models, make a model preferred, and does it know more?',
    notebook: 'fig1',
    evidence: ['reported', 'public', 'live'],
    hypotheses: [
      'preference-rises-with-imitation',
      'preference-saturates',
      'preference-rises-with-size',
      'facts-do-not-rise-with-data',
      'size-beats-data',
    ],
  },
  {
    figure: 'Figure 2',
    question: 'Can an answer have the teacher’s style and be wrong?',
    notebook: 'fig2',
    evidence: ['reported', 'public', 'live'],
    hypotheses: ['style-hides-falsehood'],
  },
  {
    figure: 'Figure 3',
    question: 'Do crowd workers and judge models see more data, or larger models, alike?',
    notebook: 'fig3',
    evidence: ['public', 'live'],
    hypotheses: [
      'preference-rises-with-imitation',
      'preference-saturates',
      'preference-rises-with-size',
      'style-hides-falsehood',
    ],
  },
  {
    figure: 'Figure 4',
    question: 'Does broad imitation improve what a model can do?',
    notebook: 'fig4',
    evidence: ['public', 'live'],
    hypotheses: [
      'choice-gains-nothing',
      'facts-gain-nothing',
      'programs-gain-nothing',
      'sums-gain-nothing',
      'facts-rise-with-size',
    ],
  },
  {
    figure: 'Table 1',
    question: 'Does it help to imitate one task instead of everything?',
    notebook: 'table1',
    evidence: ['reported', 'live'],
    hypotheses: [
      'facts-gain-nothing',
      'local-imitation-raises-facts',
      'local-beats-broad-on-facts',
      'local-imitation-raises-summaries',
    ],
  },
  {
    figure: 'Figure 5',
    question: 'Do imitation models take over the teacher’s caution?',
    notebook: 'fig5',
    evidence: ['public', 'live'],
    hypotheses: ['toxicity-falls'],
  },
  {
    figure: 'Table 2',
    question: 'Does a model’s style come near its teacher’s?',
    notebook: 'table2',
    evidence: ['reported', 'public', 'live'],
    hypotheses: ['style-rises-toward-the-teacher'],
  },
  {
    figure: 'Tables 3, 4, 5',
    question: 'What is a teacher asked for local imitation data?',
    notebook: 'data',
    evidence: ['reported'],
    hypotheses: [],
  },
  {
    figure: 'Figure 6',
    question: 'What does imitation data look like?',
    notebook: 'fig6',
    evidence: ['reported', 'live'],
    hypotheses: [],
  },
  {
    figure: 'Table 6',
    question: 'What do people ask for?',
    notebook: 'table6',
    evidence: ['reported', 'live'],
    hypotheses: [],
  },
  {
    figure: 'Figure 7',
    question: 'How do raters judge without knowing whose answers they read?',
    notebook: 'fig7',
    evidence: ['reported', 'public', 'live'],
    hypotheses: ['style-hides-falsehood'],
  },
  {
    figure: 'Table 7',
    question: 'Which imitation makes better summaries?',
    notebook: 'table7',
    evidence: ['reported', 'live'],
    hypotheses: ['local-imitation-raises-summaries'],
  },
  {
    figure: 'Tables 8, 9',
    question: 'What is a model asked in benchmarks?',
    notebook: 'benchmarks',
    evidence: ['reported'],
    hypotheses: [],
  },
];

const HEAD = ['In the paper', 'Question', 'Notebook', 'Evidence', 'Verdicts of the live study'];
const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ['supported', '✓'],
  ['not supported', '✗'],
  ['undecided', '?'],
];

/**
 * Every figure and table of the paper with its notebook, its kinds of evidence, and how many of the claims it makes a
 * study supports, does not support, or leaves undecided.
 *
 * @param rows of a study.
 */
export function paperIndexTable(rows: readonly StudyRow[]): TableView {
  const tested = testHypotheses(rows);
  const lines = PAPER_INDEX.map(({ hypotheses, evidence, ...part }) => {
    const found = tested.filter(({ id }) => hypotheses.includes(id));
    return { ...part, evidence: evidence.join(', '), verdicts: count(found.map(({ verdict }) => verdict)) };
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

/** Such as `✓ 3 supported, ? 1 undecided`; a dash where the paper makes no claim that a study tests. */
function count(verdicts: readonly Verdict[]): string {
  const counted = VERDICTS.flatMap(([verdict, sign]) => {
    const times = verdicts.filter(found => found === verdict).length;
    return times === 0 ? [] : [`${sign} ${times} ${verdict}`];
  });
  return counted.join(', ') || '–';
}
