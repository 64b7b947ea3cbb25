import { Argument, Command as Commander, type CommanderError } from 'commander';
import { didYouMean } from '../text/index.ts';
import { type Command, type LateCommand, loadDeclaration } from './declare/command.ts';
import type { Options } from './declare/property.ts';
import { readValues } from './declare/values.ts';
import { UsageError } from './exit.ts';
import { argumentHelp, examplesHelp, flagsFor, usageOf } from './help.ts';

/** Word that groups commands, such as `data`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** Heading under which help lists it. */
  readonly group: string;
}

/** Parts of a program. */
export interface ProgramParts {
  version: string;
  commands: readonly (Command | LateCommand)[];
  groups: readonly CommandGroup[];
  /** Does the work of a command whose values were accepted; by default it is done. */
  act?: (work: () => Promise<void>) => Promise<void>;
}

/** Adds arguments and options to commander's commands, once they are named. */
type Completions = ReadonlyMap<Commander, () => Promise<void>>;

const COMMON: Options = { debug: { type: 'boolean', description: 'print the stack of an error' } };

/**
 * Makes the program that parses the command lines of commands.
 *
 * @returns a program whose `parseAsync` throws a {@link UsageError} where a command line is wrong, and a
 *   `CommanderError` after help and version.
 */
export function createProgram({ version, commands, groups, act = work => work() }: ProgramParts): Commander {
  const program = configured(new Commander('imitation-lab'))
    .description('Does a model that imitates a stronger one gain its abilities, or only its style?')
    .version(version, '--version', 'print the version')
    .addHelpText('after', '\nimitation-lab help COMMAND prints the options and examples of a command.');
  addFlags(program, COMMON);
  const completions = new Map<Commander, () => Promise<void>>();
  for (const listed of commands) {
    const [word = '', parent] = listed.name.split(' ').reverse();
    const own = headed(word, listed);
    completions.set(own, async () => complete(own, await loadDeclaration(listed), act));
    if (parent === undefined) program.addCommand(own);
    else groupOf(program, parent, groups).addCommand(own);
  }
  program.addCommand(helpCommand(program, completions));
  for (const parent of [program, ...program.commands])
    parent.hook('preSubcommand', (_, named) => completions.get(named)?.());
  return program;
}

/** Makes a command of commander that help can list. */
function headed(
  word: string,
  { summary, group = 'Commands:' }: { summary: string; group?: string },
): Commander {
  return configured(new Commander(word)).description(summary).helpGroup(group);
}

/** Adds to a command of commander what it is declared with. */
function complete(own: Commander, command: Command, act: (work: () => Promise<void>) => Promise<void>): void {
  const { arguments: positional, options, examples, notes } = command;
  own.usage(usageOf(command)).addHelpText('after', examplesHelp(examples, notes));
  for (const [name, option] of Object.entries(positional)) {
    const term = option.type === 'array' ? `[${name}...]` : `[${name}]`;
    own.addArgument(new Argument(term, argumentHelp(option)));
  }
  addFlags(own, { ...options, ...COMMON });
  own.action(async () => {
    const named = Object.keys(positional).map((name, index) => [name, own.processedArgs[index]]);
    const given = named.filter(([, value]) => !(Array.isArray(value) && value.length === 0));
    const values = {
      ...readValues(options, own.opts()),
      ...readValues(positional, Object.fromEntries(given)),
    };
    await act(command.accept(values));
  });
}

function addFlags(own: Commander, options: Options): void {
  for (const [name, option] of Object.entries(options))
    for (const flag of flagsFor(name, option)) own.addOption(flag);
}

/** Finds or makes the command of a word that groups others. */
function groupOf(program: Commander, word: string, groups: readonly CommandGroup[]): Commander {
  const made = program.commands.find(each => each.name() === word);
  if (made) return made;
  const own = headed(word, groups.find(({ name }) => name === word) ?? { summary: '' });
  program.addCommand(own);
  return own;
}

/** Sets a commander up so that it throws our errors and prints none. */
function configured(own: Commander): Commander {
  return own
    .enablePositionalOptions()
    .helpCommand(false)
    .configureHelp({ subcommandTerm: command => command.name() })
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError(false)
    .on('beforeHelp', () => {
      // For `WORD --help` commander prints the help of the group, even if it has no command of this name.
      const [word] = own.args;
      const namesCommand = own.commands.length > 0 && own.registeredArguments.length === 0;
      if (namesCommand && word !== undefined && !word.startsWith('-')) subcommand(own, word);
    })
    .exitOverride(error => {
      throw usageErrorOf(error, own) ?? error;
    });
}

/** Translates an error of commander; undefined for help and the version. */
function usageErrorOf({ code, message }: CommanderError, own: Commander): UsageError | undefined {
  const [, found = ''] = /'(.*?)'/.exec(message) ?? [];
  const shown = JSON.stringify(found);
  if (code === 'commander.unknownOption') {
    const known = own.options.flatMap(({ long }) => long ?? []);
    return new UsageError(`unknown option ${shown}${didYouMean(found, known)}`);
  }
  if (code === 'commander.unknownCommand') return unknownCommand(found, own);
  if (code === 'commander.optionMissingArgument')
    return new UsageError(`${found.split(/[ ,]/)[0]} requires a value, got none`);
  if (code === 'commander.excessArguments') {
    const most = own.registeredArguments.length;
    const allowed = ['no arguments', 'one argument'][most] ?? `${most} arguments`;
    const given = own.args.map(text => JSON.stringify(text)).join(', ');
    return new UsageError(`${own.name()} allows ${allowed}, got ${given}`);
  }
  return undefined;
}

function unknownCommand(word: string, own: Commander): UsageError {
  const known = own.commands.map(command => command.name());
  return new UsageError(`unknown command ${JSON.stringify(word)}${didYouMean(word, known)}`);
}

/** Finds the command of a word within another. @throws {UsageError} if there is none. */
function subcommand(parent: Commander, word: string): Commander {
  const found = parent.commands.find(command => command.name() === word);
  if (found === undefined) throw unknownCommand(word, parent);
  return found;
}

function helpCommand(program: Commander, completions: Completions): Commander {
  return configured(new Commander('help'))
    .description('print the help of a command')
    .helpGroup('Set-up:')
    .argument('[command...]', 'words of the command, such as data build')
    .action(async (words: string[]) => {
      const named = words.reduce(subcommand, program);
      await completions.get(named)?.();
      named.outputHelp();
    });
}
