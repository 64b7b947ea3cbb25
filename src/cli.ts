#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { bleuCommand } from './cli/bleu.ts';
import { convertCommand } from './cli/convert.ts';
import { dataCommand } from './cli/data.ts';
import { doctorCommand } from './cli/doctor.ts';
import { evaluateCommand } from './cli/evaluate.ts';
import { fetchCommand } from './cli/fetch.ts';
import { generateCommand } from './cli/generate.ts';
import { installCommand, uninstallCommand } from './cli/install.ts';
import { judgeCommand } from './cli/judge.ts';
import { rougeCommand } from './cli/rouge.ts';
import { scoreCommand } from './cli/score.ts';
import { serveCommand } from './cli/serve.ts';
import { studyCommand } from './cli/study.ts';
import { styleCommand } from './cli/style.ts';
import { trainCommand } from './cli/train.ts';
import { UsageError } from './cli/usage-error.ts';

/** Exit codes: 0 done, 1 failed (one line on standard error), 2 wrong usage. */
const FAILED = 1;
const USAGE = 2;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const program = new Command('imitation-lab')
  .description('Does a model that imitates a stronger one gain its abilities, or only its style?')
  .version(version)
  .enablePositionalOptions()
  .option('--debug', 'show where an error arose');

for (const command of [
  styleCommand(),
  rougeCommand(),
  bleuCommand(),
  fetchCommand(),
  dataCommand(),
  trainCommand(),
  generateCommand(),
  scoreCommand(),
  serveCommand(),
  evaluateCommand(),
  studyCommand(),
  judgeCommand(),
  convertCommand(),
  doctorCommand(),
  installCommand(),
  uninstallCommand(),
]) {
  program.addCommand(command);
}
for (const command of withinAll(program.commands)) command.option('--debug', 'show where an error arose');
for (const command of withinAll([program])) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Commands and those within them. */
function withinAll(commands: readonly Command[]): Command[] {
  return commands.flatMap(command => [command, ...withinAll(command.commands)]);
}

/** Says what went wrong, and gives the exit code. */
function report(error: unknown): number {
  // Commander has already printed its own errors, and help and version are no errors at all.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const { message, stack } = error as Error;
  console.error(process.argv.includes('--debug') ? stack : `error: ${message.replace(/\s*\n\s*/g, ' ')}`);
  return error instanceof UsageError ? USAGE : FAILED;
}
