import type { StudyVerdicts } from '../../study/index.ts';
import type { studyReportCommand } from '../commands/study-report.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';

/** Prints the results of a study. */
export async function run({ out, json }: InputOf<typeof studyReportCommand>): Promise<void> {
  const { openStudy, reportText, studyVerdicts } = await import('../../study/index.ts');
  const study = await openStudy(out, { say: () => {} });
  if (json) printJson(verdictsJson(studyVerdicts(study)));
  else console.log(reportText(study));
}

/** Selects what `data/study-report.schema.json` describes. */
function verdictsJson({ valid, checks, claims }: StudyVerdicts) {
  return {
    valid,
    checks: checks.map(({ id, value, rule, passed }) => ({ id, value, rule, passed })),
    claims: claims.map(({ id, verdict, effect, low, high, holm, seedsNeeded }) => ({
      id,
      verdict,
      effect,
      low,
      high,
      holm,
      ...(seedsNeeded !== undefined && { seedsNeeded }),
    })),
  };
}
