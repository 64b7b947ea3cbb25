import { bleuCommand } from './commands/bleu.ts';
import { cacheClearCommand, cacheListCommand } from './commands/cache.ts';
import { convertCommand } from './commands/convert.ts';
import { dataBuildCommand } from './commands/data-build.ts';
import { dataDiversityCommand } from './commands/data-diversity.ts';
import { dataLeakageCommand } from './commands/data-leakage.ts';
import { doctorCommand } from './commands/doctor.ts';
import { declareEvaluate, EVALUATE } from './commands/evaluate.ts';
import { fetchCommand } from './commands/fetch.ts';
import { fetchModelCommand } from './commands/fetch-model.ts';
import { generateCommand } from './commands/generate.ts';
import { inspectCommand } from './commands/inspect.ts';
import { installCommand, uninstallCommand } from './commands/install.ts';
import { judgeCommand } from './commands/judge.ts';
import { refusalsCommand } from './commands/refusals.ts';
import { reportCommand } from './commands/report.ts';
import { rougeCommand } from './commands/rouge.ts';
import { scoreCommand } from './commands/score.ts';
import { serveCommand } from './commands/serve.ts';
import { studyCheckLabelsCommand } from './commands/study-check-labels.ts';
import { studyPlanCommand } from './commands/study-plan.ts';
import { studyRecordCommand } from './commands/study-record.ts';
import { studyReportCommand } from './commands/study-report.ts';
import { studyRunCommand } from './commands/study-run.ts';
import { studyStatusCommand } from './commands/study-status.ts';
import { studyVerifyCommand } from './commands/study-verify.ts';
import { styleCommand } from './commands/style.ts';
import { trainCommand } from './commands/train.ts';
import { type Command, command, configCommand, type LateCommand } from './declare/command.ts';
import type { CommandGroup } from './program.ts';

/** Words that group commands. */
export const GROUPS: readonly CommandGroup[] = [
  { name: 'data', summary: 'build and measure sets of imitation data', group: 'Data:' },
  { name: 'cache', summary: 'count and remove kept calls of servers', group: 'Models:' },
  { name: 'study', summary: 'plan and run the live study, and report its results', group: 'Studies:' },
];

/** All commands, each with the module that does its work, in the order of the help. */
export const COMMANDS: readonly (Command | LateCommand)[] = [
  command(inspectCommand, () => import('./run/inspect.ts')),
  command(styleCommand, () => import('./run/style.ts')),
  command(refusalsCommand, () => import('./run/refusals.ts')),
  command(reportCommand, () => import('./run/report.ts')),
  command(rougeCommand, () => import('./run/rouge.ts')),
  command(bleuCommand, () => import('./run/bleu.ts')),
  command(fetchCommand, () => import('./run/fetch.ts')),
  command(fetchModelCommand, () => import('./run/fetch-model.ts')),
  command(dataBuildCommand, () => import('./run/data-build.ts')),
  command(dataDiversityCommand, () => import('./run/data-diversity.ts')),
  command(dataLeakageCommand, () => import('./run/data-leakage.ts')),
  configCommand(trainCommand, () => import('./run/train.ts')),
  configCommand(generateCommand, () => import('./run/generate.ts')),
  configCommand(scoreCommand, () => import('./run/score.ts')),
  configCommand(serveCommand, () => import('./run/serve.ts')),
  configCommand(convertCommand, () => import('./run/convert.ts')),
  {
    ...EVALUATE,
    load: async () => {
      const { BENCHMARKS, PROMPT_FORMATS } = await import('../evaluate/index.ts');
      return command(declareEvaluate(BENCHMARKS, PROMPT_FORMATS), () => import('./run/evaluate.ts'));
    },
  },
  command(judgeCommand, () => import('./run/judge.ts')),
  command(cacheListCommand, () => import('./run/cache-list.ts')),
  command(cacheClearCommand, () => import('./run/cache-clear.ts')),
  command(studyPlanCommand, () => import('./run/study-plan.ts')),
  command(studyRunCommand, () => import('./run/study-run.ts')),
  command(studyStatusCommand, () => import('./run/study-status.ts')),
  command(studyReportCommand, () => import('./run/study-report.ts')),
  command(studyVerifyCommand, () => import('./run/study-verify.ts')),
  command(studyRecordCommand, () => import('./run/study-record.ts')),
  command(studyCheckLabelsCommand, () => import('./run/study-check-labels.ts')),
  command(doctorCommand, () => import('./run/doctor.ts')),
  command(installCommand, () => import('./run/install.ts')),
  command(uninstallCommand, () => import('./run/uninstall.ts')),
];
