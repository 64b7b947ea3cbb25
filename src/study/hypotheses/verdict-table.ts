import { LEFT_ALIGNED, type TableView, tableView } from '../../figure/index.ts';
import type { StudyRow } from '../../schema.ts';
import { escapeHtml } from '../../text/index.ts';
import { HYPOTHESES, type Hypothesis } from './hypotheses.ts';
import { type TestedHypothesis, testHypotheses } from './test-hypotheses.ts';
import type { Verdict } from './verdict.ts';

/** Caption, which explains the intervals. */
const CAPTION =
  'Verdicts of the live study. Effect: mean over seeds, with Student’s 95 % interval over seeds; in percentage points, in ROUGE’s percent, or in percent of the way; n: items of all seeds. A claim is decided only where the interval leaves out 0 or what matters; intervals are not corrected for the number of claims.';

const HEAD = ['Claim', 'Effect', 'Mean', 'Matters from', 'n', 'Seeds', 'Verdict'];

/** A sign beside each verdict, so that it needs no colour. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  supported: '✓',
  'not supported': '✗',
  undecided: '?',
};

/**
 * Makes a table of a study's verdicts on claims of the paper: a line each, with the effect, its interval, n, seeds and
 * the verdict.
 *
 * @param rows of a study.
 * @param ids of {@link HYPOTHESES}, in the order wanted; default all.
 * @param name of the table's files.
 * @throws {RangeError} if there is no hypothesis of such an id.
 * @example
 * const { rows } = await openStudy()
 * verdictTable(rows)
 */
export function verdictTable(
  rows: readonly StudyRow[],
  ids: readonly string[] = HYPOTHESES.map(({ id }) => id),
  name = 'verdicts',
): TableView {
  const tested = testHypotheses(rows, ids.map(hypothesis));
  const lines = tested.map(lineOf);
  const html = [
    '<table>',
    `<caption>${escapeHtml(CAPTION)}</caption>`,
    `<thead><tr>${HEAD.map(title => `<th scope="col" ${LEFT_ALIGNED}>${title}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...lines.map(({ claim, source, measures, mean, interval, counts, verdict }) => {
      const cells = [
        `<th scope="row" ${LEFT_ALIGNED}>${withSmall(claim, source)}</th>`,
        `<td ${LEFT_ALIGNED}>${escapeHtml(measures)}</td>`,
        `<td ${LEFT_ALIGNED}>${withSmall(mean, interval)}</td>`,
        ...counts.map(count => `<td ${LEFT_ALIGNED}>${escapeHtml(count)}</td>`),
        `<td style="text-align: left; white-space: nowrap"><strong>${verdict}</strong></td>`,
      ];
      return `<tr>${cells.join('')}</tr>`;
    }),
    '</tbody></table>',
  ];
  const text = lines.map(
    ({ claim, source, measures, mean, interval, counts: [matters, n, seeds], verdict }) =>
      `${verdict}: ${claim} (${source})\n  ${measures}: ${mean}${interval && ` ${interval}`}; matters from ${matters}; n ${n}, seeds ${seeds}`,
  );
  return tableView(name, tested, html.join('\n'), text.join('\n'));
}

function hypothesis(id: string): Hypothesis {
  const found = HYPOTHESES.find(hypothesis => hypothesis.id === id);
  if (found === undefined) {
    const known = HYPOTHESES.map(({ id }) => id).join(', ');
    throw new RangeError(`Cannot give a verdict on "${id}": an id of a hypothesis is required: ${known}`);
  }
  return found;
}

function withSmall(text: string, small: string): string {
  return small === '' ? escapeHtml(text) : `${escapeHtml(text)}<br><small>${escapeHtml(small)}</small>`;
}

/** Formats a tested hypothesis. */
function lineOf({ claim, source, measures, verdict, ...found }: TestedHypothesis) {
  const { effect, low, high, unit, margin, n, seeds } = found;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${inUnit(value, unit)}`;
  return {
    claim,
    source,
    measures,
    mean: effect === null ? 'not measured' : `${signed(effect)} ${UNITS[unit].name}`,
    interval: low === null || high === null ? '' : `[${signed(low)}, ${signed(high)}]`,
    counts: [inUnit(margin, unit), String(n), String(seeds)],
    verdict: `${SIGNS[verdict]} ${verdict}`,
  };
}

/** Formats an effect in its unit. */
const UNITS: Readonly<Record<Hypothesis['unit'], { name: string; scale: number }>> = {
  share: { name: 'points', scale: 100 },
  ROUGE: { name: 'of ROUGE', scale: 1 },
  part: { name: '% of the way', scale: 100 },
};

function inUnit(value: number, unit: Hypothesis['unit']): string {
  return (UNITS[unit].scale * value).toFixed(1).replace('-', '−');
}
