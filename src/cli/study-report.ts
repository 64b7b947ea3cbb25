import { Command } from 'commander';

interface ReportFlags {
  out?: string;
  json?: boolean;
}

/** `imitation-lab study report`: what a study found. */
export function studyReportCommand(): Command {
  return new Command('report')
    .description(
      'print what a study found: by model, along the base models, leakage, and each claim’s verdict',
    )
    .option('--out <folder>', 'the study’s folder (default: the recorded results)')
    .option('--json', 'print it as JSON')
    .action(async ({ out, json }: ReportFlags) => {
      const { openStudy, reportText, studyReport } = await import('../study/index.ts');
      const study = await openStudy(out, { say: () => {} });
      console.log(json ? JSON.stringify(studyReport(study)) : reportText(study));
    });
}
