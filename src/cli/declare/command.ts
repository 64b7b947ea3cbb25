import type { ConfigFile } from './config-file.ts';
import type { Options, ValuesOf } from './property.ts';
import { requireFiles } from './require-files.ts';
import { argumentOf, flagOf, requireRules, requireValues } from './values.ts';

/** A command as it is declared: what help, parsing and checks need, and nothing of its work. */
export interface CommandDeclaration<Arguments extends Options = Options, Flags extends Options = Options> {
  /** Words of the command line: `evaluate`, or `data build`. */
  readonly name: string;
  readonly summary: string;
  /** Heading under which help lists the command. */
  readonly group?: string;
  /** Values without a flag, in their order. */
  readonly arguments: Arguments;
  readonly options: Flags;
  /** Options of an open set, such as benchmarks; their values reach `run` as its second parameter. */
  readonly setOptions?: Options;
  /** Command lines that show its use; each is one that the command accepts. */
  readonly examples: readonly string[];
  /** Text below the options in help. */
  readonly notes?: string;
}

/** A command whose options are the properties of a config, besides those that it declares itself. */
export interface ConfigCommandDeclaration<Config = unknown, Flags extends Options = Options>
  extends Omit<CommandDeclaration<Options, Flags>, 'arguments'> {
  readonly config: ConfigFile<Config>;
}

/** Values of the options of an open set, by their names. */
export type SetValues = Readonly<Record<string, unknown>>;

/** A command that can be listed, explained and run. */
export interface Command extends CommandDeclaration {
  /**
   * Checks the values of a command line.
   *
   * @returns a function that does the command's work.
   * @throws {UsageError} naming the first value that breaks a rule.
   */
  accept(values: Readonly<Record<string, unknown>>): () => Promise<void>;
}

/** A command that is declared in full once it is named: the list of an open set takes a while to load. */
export interface LateCommand extends Pick<Command, 'name' | 'summary' | 'group'> {
  load(): Promise<Command>;
}

/** Returns the full declaration of a command. */
export async function loadDeclaration(listed: Command | LateCommand): Promise<Command> {
  return 'load' in listed ? listed.load() : listed;
}

/** Values of a command's arguments and options, by its declaration. */
export type InputOf<Declaration> =
  Declaration extends CommandDeclaration<infer Arguments, infer Flags>
    ? ValuesOf<Arguments> & ValuesOf<Flags>
    : never;

/** Values of the options that a command declares besides its config. */
export type OptionsOf<Declaration> =
  Declaration extends ConfigCommandDeclaration<unknown, infer Flags> ? ValuesOf<Flags> : never;

/** Declares a command; the values of its options are typed by the declaration. */
export function defineCommand<const Declaration extends CommandDeclaration>(
  declaration: Declaration,
): Declaration {
  return declaration;
}

/** Declares a command with a config; the values of its other options are typed by the declaration. */
export function defineConfigCommand<const Declaration extends ConfigCommandDeclaration>(
  declaration: Declaration,
): Declaration {
  return declaration;
}

/**
 * Joins a declaration with the module that does the work.
 *
 * @param load imports it; called once the values of a command line are accepted.
 */
export function command<Arguments extends Options, Flags extends Options>(
  declaration: CommandDeclaration<Arguments, Flags>,
  load: () => Promise<{
    run(input: ValuesOf<Arguments> & ValuesOf<Flags>, setValues: SetValues): Promise<void>;
  }>,
): Command {
  const { arguments: positional, options, setOptions = {} } = declaration;
  return {
    ...declaration,
    options: { ...options, ...setOptions },
    accept(values) {
      // A wrong option is named before a missing argument.
      requireRules({ ...options, ...setOptions }, values, flagOf);
      requireValues(positional, values, argumentOf);
      requireValues(options, values, flagOf);
      return async () => {
        await requireFiles(positional, values, argumentOf);
        await requireFiles(options, values, flagOf);
        const { run } = await load();
        await run(values, Object.fromEntries(Object.entries(values).filter(([name]) => name in setOptions)));
      };
    },
  };
}

/** Joins the declaration of a command with a config with the module that does the work. */
export function configCommand<Config, Flags extends Options>(
  declaration: ConfigCommandDeclaration<Config, Flags>,
  load: () => Promise<{ run(config: Config, options: ValuesOf<Flags>): Promise<void> }>,
): Command {
  const { config, options: own, ...rest } = declaration;
  const options = { ...config.options, ...own };
  return {
    ...rest,
    arguments: config.arguments,
    options,
    accept(values) {
      requireValues(config.arguments, values, argumentOf);
      requireValues(config.options, values, flagOf);
      requireValues(own, values, flagOf);
      return async () => {
        const read = await config.read(values);
        const { run } = await load();
        await run(read, values);
      };
    },
  };
}
