import { Command } from 'commander';
import { dataBuildCommand } from './data-build.ts';
import { dataDiversityCommand } from './data-diversity.ts';
import { dataInspectCommand } from './data-inspect.ts';
import { dataLeakageCommand } from './data-leakage.ts';

/** `imitation-lab data`: sets to imitate from. */
export function dataCommand(): Command {
  return new Command('data')
    .description('build, look at and measure sets to imitate from')
    .addCommand(dataBuildCommand())
    .addCommand(dataInspectCommand())
    .addCommand(dataDiversityCommand())
    .addCommand(dataLeakageCommand());
}
