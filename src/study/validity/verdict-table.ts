import { type TableView, tableView } from '../../figure/index.ts';
import { escapeHtml } from '../../text/index.ts';
import { effectText, HYPOTHESES, inUnit, type TestedControl } from '../hypotheses/index.ts';
import { captionedTable, withSmall } from './captioned-table.ts';
import type { CheckedStudy } from './check.ts';
import type { CheckResult } from './check-result.ts';
import { INVALID, type JudgedClaim, type ShownVerdict, studyVerdicts } from './study-verdicts.ts';

/** Caption, which explains the intervals. */
const CAPTION =
  'Verdicts of the live study. Effect: mean over seeds, with Student’s 95 % interval over seeds; n: items of all seeds. A claim is decided where the interval leaves out 0 or what matters. p: one-sided, adjusted by Holm for the number of all claims; ≤ .025 holds for all of them together.';

const HEAD = ['Claim', 'Effect', 'Mean', 'Matters from', 'p', 'n', 'Seeds', 'Verdict'];

/** A sign beside each verdict, so that it needs no colour. */
export const SIGNS: Readonly<Record<ShownVerdict, string>> = {
  supported: '✓',
  'not supported': '✗',
  undecided: '?',
  uninformative: '–',
  [INVALID]: '!',
};

/**
 * Makes a table of a study's verdicts on claims of the paper: a line each, with the effect, its interval, adjusted p, n,
 * seeds and the verdict. A study whose instrument is not valid has no verdicts: the caption names the checks that fail.
 *
 * @param study its rows and its manifest.
 * @param ids of {@link HYPOTHESES}, in the order wanted; default all.
 * @param name of the table's files.
 * @throws {RangeError} if there is no hypothesis of such an id.
 * @example
 * verdictTable(await openStudy())
 */
export function verdictTable(
  study: CheckedStudy,
  ids: readonly string[] = HYPOTHESES.map(({ id }) => id),
  name = 'verdicts',
): TableView {
  const { valid, checks, claims } = studyVerdicts(study);
  const chosen = ids.map(id => claimOf(claims, id));
  const caption = valid ? CAPTION : `${invalidText(checks)} ${CAPTION}`;
  const lines = chosen.map(lineOf);
  const html = captionedTable(
    caption,
    HEAD,
    lines.map(({ claim, source, measures, mean, interval, counts, verdict, notes }) => [
      withSmall(claim, source),
      escapeHtml(measures),
      withSmall(mean, interval),
      ...counts.map(escapeHtml),
      `<strong>${escapeHtml(verdict)}</strong>${withSmall('', ...notes)}`,
    ]),
  );
  const text = lines.map(line => {
    const [matters, p, n, seeds] = line.counts;
    const { claim, source, measures, mean, interval, verdict, notes } = line;
    return [
      `${verdict}: ${claim} (${source})`,
      `${measures}: ${mean}${interval && ` ${interval}`}; matters from ${matters}; p ${p}, n ${n}, seeds ${seeds}`,
      ...notes,
    ].join('\n  ');
  });
  const before = valid ? [] : [invalidText(checks)];
  return tableView(name, chosen.map(plainOf), html, [...before, ...text].join('\n'));
}

/** Names the checks that a study fails: `Invalid instrument, so no verdicts: adherence .41 (…)`. */
export function invalidText(checks: readonly CheckResult[]): string {
  const failed = checks.filter(({ passed }) => !passed).map(({ id }) => id);
  return `Invalid instrument, so no verdicts: of ${checks.length} checks ${failed.length} fail, ${failed.join(', ')}.`;
}

function claimOf(claims: readonly JudgedClaim[], id: string): JudgedClaim {
  const found = claims.find(claim => claim.id === id);
  if (found !== undefined) return found;
  const known = claims.map(({ id }) => id).join(', ');
  throw new RangeError(`Cannot give a verdict on "${id}": an id of a hypothesis is required: ${known}`);
}

/** Makes the row of a table's data, whose control is in words. */
function plainOf({ control, ...claim }: JudgedClaim) {
  return { ...claim, control: control === null ? null : controlText(control, claim) };
}

/** Formats a claim. */
function lineOf(judged: JudgedClaim) {
  const { claim, source, measures, verdict, unit, margin, holm, n, seeds } = judged;
  return {
    claim,
    source,
    measures,
    ...effectText(judged, unit),
    counts: [inUnit(margin, unit), pText(holm), String(n), String(seeds)],
    verdict: `${SIGNS[verdict]} ${verdict}`,
    notes: verdict === INVALID ? [] : notesOf(judged),
  };
}

/** Level of Holm's correction. */
const HOLM_LEVEL = 0.025;

/** Lists what should be known beside a verdict. */
function notesOf(judged: JudgedClaim): string[] {
  const { verdict, falls, holm, seedsNeeded, control } = judged;
  return [
    ...(falls ? ['it falls'] : []),
    ...(verdict === 'supported' && holm > HOLM_LEVEL
      ? ['not after correction for the number of claims']
      : []),
    ...(seedsNeeded === undefined ? [] : [`needs about ${seedsNeeded} seeds`]),
    ...(control === null ? [] : [`control ${controlText(control, judged)}`]),
  ];
}

function controlText(
  { measures, effect, rises, baseline, limit }: TestedControl,
  { unit }: Pick<JudgedClaim, 'unit'>,
): string {
  if (effect === null || baseline === null) return `not measured: ${measures}`;
  const state = `${rises ? 'rises' : 'does not rise'} (${measures}: ${inUnit(effect, unit, true)})`;
  const room = `no room to rise: ${inUnit(baseline, unit)} exceeds ${inUnit(limit, unit)}`;
  return baseline > limit ? `${state}; ${room}` : state;
}

function pText(p: number): string {
  if (p < 0.001) return '< .001';
  return p.toFixed(3).replace(/^0/, '');
}
