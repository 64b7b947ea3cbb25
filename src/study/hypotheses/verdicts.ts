import { type Table, table } from '../../figure/index.ts';
import type { StudyRow } from '../../schema.ts';
import { escapeHtml } from '../../text/index.ts';
import { HYPOTHESES, type Hypothesis } from './hypotheses.ts';
import { type TestedHypothesis, testHypotheses } from './test-hypotheses.ts';
import type { Verdict } from './verdict.ts';

/** What a table says of its intervals. */
const CAPTION =
  'Verdicts of the live study. Effect: mean over seeds, with Student’s 95 % interval over seeds; n: items of all seeds. A claim is decided only where the interval leaves out 0 or what matters; intervals are not corrected for the number of claims.';

const HEAD = ['Claim', 'Effect', 'Mean', 'Matters from', 'n', 'Seeds', 'Verdict'];

/** A sign beside each verdict, so that it needs no colour. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  supported: '✓',
  'not supported': '✗',
  undecided: '?',
};

/**
 * What a study says of some of the paper's claims: a line each, with the effect, its interval, n, seeds and the
 * verdict that follows.
 *
 * @param rows of a study.
 * @param ids of {@link HYPOTHESES}, in the order wanted; default all.
 * @param name of the table's files.
 * @throws {RangeError} if there is no hypothesis of such an id.
 */
export function verdicts(rows: readonly StudyRow[], ids: readonly string[], name = 'verdicts'): Table {
  const tested = testHypotheses(rows, ids.map(hypothesis));
  const lines = tested.map(lineOf);
  const html = [
    '<table>',
    `<caption>${escapeHtml(CAPTION)}</caption>`,
    `<thead><tr>${HEAD.map(title => `<th scope="col">${title}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...lines.map(({ claim, source, cells, verdict }) => {
      const first = `<th scope="row">${escapeHtml(claim)}<br><small>${escapeHtml(source)}</small></th>`;
      const rest = cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('');
      return `<tr>${first}${rest}<td><strong>${verdict}</strong></td></tr>`;
    }),
    '</tbody></table>',
  ];
  const text = lines.map(
    ({ claim, source, cells: [measures, mean, matters, n, seeds], verdict }) =>
      `${verdict}: ${claim} (${source})\n  ${measures}: ${mean}; matters from ${matters}; n ${n}, seeds ${seeds}`,
  );
  return table(name, tested, html.join('\n'), text.join('\n'));
}

function hypothesis(id: string): Hypothesis {
  const found = HYPOTHESES.find(hypothesis => hypothesis.id === id);
  if (found === undefined) {
    const known = HYPOTHESES.map(({ id }) => id).join(', ');
    throw new RangeError(`Cannot give a verdict on "${id}": an id of a hypothesis is required: ${known}`);
  }
  return found;
}

function lineOf({ claim, source, measures, verdict, ...found }: TestedHypothesis) {
  const { effect, low, high, unit, margin, n, seeds } = found;
  const inUnit = (value: number, sign: boolean) => words(value, unit, sign);
  const interval = low === null || high === null ? '' : ` [${inUnit(low, true)}, ${inUnit(high, true)}]`;
  const mean = effect === null ? 'not measured' : `${inUnit(effect, true)}${interval} ${UNITS[unit].name}`;
  const cells = [measures, mean, inUnit(margin, false), String(n), String(seeds)];
  return { claim, source, cells, verdict: `${SIGNS[verdict]} ${verdict}` };
}

/** How an effect is printed. */
const UNITS: Readonly<Record<Hypothesis['unit'], { name: string; scale: number }>> = {
  share: { name: 'percentage points', scale: 100 },
  ROUGE: { name: 'points of ROUGE', scale: 1 },
  part: { name: '% of the way', scale: 100 },
};

function words(value: number, unit: Hypothesis['unit'], sign: boolean): string {
  const rounded = (UNITS[unit].scale * value).toFixed(1).replace('-', '−');
  return sign && value > 0 ? `+${rounded}` : rounded;
}
