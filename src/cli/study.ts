import { Command } from 'commander';
import { studyCheckLabelsCommand } from './study-check-labels.ts';
import { studyPlanCommand } from './study-plan.ts';
import { studyRecordCommand } from './study-record.ts';
import { studyReportCommand } from './study-report.ts';
import { studyRunCommand } from './study-run.ts';
import { studyStatusCommand } from './study-status.ts';
import { studyVerifyCommand } from './study-verify.ts';

/** `imitation-lab study`: the paper's experiment on a world whose truth is known. */
export function studyCommand(): Command {
  return new Command('study')
    .description('the live study: plan it, run it, see how it stands and what it found')
    .addCommand(studyPlanCommand())
    .addCommand(studyRunCommand())
    .addCommand(studyStatusCommand())
    .addCommand(studyReportCommand())
    .addCommand(studyVerifyCommand())
    .addCommand(studyRecordCommand())
    .addCommand(studyCheckLabelsCommand());
}
