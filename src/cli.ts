#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { FAILED, UsageError, WRONG_USAGE } from './cli/exit.ts';
import { createProgram } from './cli/program.ts';
import { COMMANDS, GROUPS } from './cli/registry.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// A reader such as head closes the pipe once it has read enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
});

try {
  await createProgram({ version, commands: COMMANDS, groups: GROUPS }).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints an error as one line, or with its stack where that is asked for, and returns the exit code. */
function report(error: unknown): number {
  // Help and version end without an error; the help of a group without a command is one, already printed.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(process.argv.includes('--debug') ? stack : `error: ${message.replace(/\s*\n\s*/g, ' ')}`);
  return error instanceof UsageError ? WRONG_USAGE : FAILED;
}
