import type { studyReportCommand } from '../commands/study-report.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';

/** Prints the results of a study. */
export async function run({ out, json }: InputOf<typeof studyReportCommand>): Promise<void> {
  const { openStudy, reportText, studyReport } = await import('../../study/index.ts');
  const study = await openStudy(out, { say: () => {} });
  if (json) printJson(studyReport(study));
  else console.log(reportText(study));
}
