import { EXPLORATORY, HYPOTHESES, type Hypothesis, inUnit, UNITS } from '../hypotheses/index.ts';
import { itemsRequired, VALIDITY_CHECKS } from '../validity/index.ts';
import type { ConfirmationAttempt } from './attempt.ts';
import { SEED_RANGES } from './seeds.ts';

/**
 * Writes the preregistration of a study as Markdown: claims, measures, directions, margins, positive controls, checks,
 * rules and seeds by role, and the values of the checks on confirmation seeds; no result of a reported seed.
 *
 * @param attempts to confirm the instrument, in their order; none while it is being developed.
 * @example
 * preregistration([]).split('\n')[0] // '# Preregistration'
 */
export function preregistration(attempts: readonly ConfirmationAttempt[]): string {
  const sections = [
    `# Preregistration\n\n${stateOf(attempts)}\n\nThis file is written by \`npm run preregister\` from the code that judges the study, and a test compares the two. It is committed before a reported seed runs.`,
    `## Seeds\n\n${table(
      ['role', 'seeds', 'purpose'],
      SEED_RANGES.map(({ role, first, last, purpose }) => [role, `${first}–${last}`, purpose]),
    )}\n\nThe unit is the seed: a world, its models and their measures. Fewer reported seeds run only for lack of time, decided before any verdict is computed.`,
    `## Validity\n\nA study that fails a check on its reported seeds has no verdicts. The same checks on the confirmation seeds decide whether reported seeds run.\n\n${table(
      ['check', 'rule'],
      VALIDITY_CHECKS.map(({ id, rule }) => [id, rule]),
    )}`,
    `## Claims\n\n${CLAIM_RULES}\n\n${table(
      ['claim', 'effect', 'direction', 'margin', 'items a seed', 'positive control'],
      HYPOTHESES.map(claimLine),
    )}`,
    `## Explored without a verdict\n\n${table(
      ['question', 'effect'],
      EXPLORATORY.map(({ question, effect }) => [question, effect.text]),
    )}`,
    `## Confirmation\n\n${attempts.length === 0 ? 'No confirmation seed has run.' : attempts.map(attemptText).join('\n\n')}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Changes after an attempt that failed, by its plan. */
const AMENDMENTS: Readonly<Record<string, string>> = {
  '296c4e3049ed4b29ddae02c0ed0158238be5f149065962a4b4bc507e7e9170d8':
    'Amended after this attempt: the facts of the three base models rise by 39, 25 and 14 points, of which Student’s interval goes from −6 to 58. Of fewer than five seeds, `facts-rise-with-size` and `control-moved` now look at each seed by itself. World, models, measures and claims are unchanged; the next attempt has fresh seeds.',
};

const CLAIM_RULES = [
  'Models are compared at the largest size and budget unless the effect says otherwise; the interval is Student’s 95 % one over seeds.',
  '*Rises* is supported if the interval lies above 0 and the mean reaches the margin, not supported if the interval lies below the margin.',
  '*Does not rise* is supported if the control rises by the same margin, the value that is compared lies two margins below the maximum, and the interval lies below the margin; it is not supported where the effect rises, and uninformative where no rise could have been measured.',
  '*Falls* mirrors *rises*.',
  'Anything else, and seeds that do not differ, are undecided. One-sided p of the t test, against 0 or, of *does not rise*, against the margin, is adjusted by Holm over all claims at .025.',
].join(' ');

function stateOf(attempts: readonly ConfirmationAttempt[]): string {
  const last = attempts.at(-1);
  if (last === undefined)
    return 'State: **development**. The instrument is being tuned; no confirmation seed has run, and nothing here is final.';
  const seeds = last.seeds.join(', ');
  return last.valid
    ? `State: **confirmed** by seeds ${seeds}, attempt ${attempts.length}. Reported seeds may run.`
    : `State: **not confirmed**: seeds ${seeds}, attempt ${attempts.length}, fail a check. No reported seed may run.`;
}

function claimLine(hypothesis: Hypothesis): string[] {
  const { id, claim, source, effect, direction, unit, margin, sensitivity } = hypothesis;
  return [
    `\`${id}\`: ${claim} (${source})`,
    effect.text,
    direction,
    `${inUnit(margin, unit)} ${UNITS[unit].name}`,
    String(itemsRequired(hypothesis)),
    sensitivity === undefined ? '–' : sensitivity.control.text,
  ];
}

function attemptText({ seeds, made, plan, valid, checks }: ConfirmationAttempt, index: number): string {
  const title = `Attempt ${index + 1}: seeds ${seeds.join(', ')}, ${made}, plan \`${plan.slice(0, 12)}\`, ${valid ? 'every check passes' : 'a check fails'}.`;
  const lines = checks.map(({ id, value, passed }) => [
    id,
    value === null ? 'not measured' : String(Number(value.toPrecision(4))),
    passed ? 'yes' : 'no',
  ]);
  const parts = [title, table(['check', 'value', 'passed'], lines), AMENDMENTS[plan]];
  return parts.filter(part => part !== undefined).join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
