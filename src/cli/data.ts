import { Command } from 'commander';
import { dataBuildCommand } from './data-build.ts';
import { dataInspectCommand } from './data-inspect.ts';

/** `imitation-lab data`: sets to imitate from. */
export function dataCommand(): Command {
  return new Command('data')
    .description('build and look at sets of dialogues to imitate from')
    .addCommand(dataBuildCommand())
    .addCommand(dataInspectCommand());
}
