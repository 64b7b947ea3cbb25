import { configFlags } from './config-flags.ts';
import type { Options } from './property.ts';
import { configSchema, type RegisteredSchemas } from './schema.ts';

/** Config of a command, stated in a file, on the command line, or in both. */
export interface ConfigFile<Config> {
  /** Arguments and options that state its properties on the command line. */
  readonly arguments: Options;
  readonly options: Options;
  /**
   * Reads the config: what the file states, and over that what the command line does.
   *
   * @throws {UsageError} naming the file or the option, and the value that breaks the schema.
   */
  read(values: Readonly<Record<string, unknown>>): Promise<Config>;
}

/** Properties of a config that are no options. */
export interface ConfigFileOptions {
  /** Properties that are arguments, in their order. */
  readonly arguments?: readonly string[];
  /** Properties that only a file can state. */
  readonly fileOnly?: readonly string[];
  readonly registered?: RegisteredSchemas;
}

/** Option that names the file. */
const CONFIG = {
  type: 'string',
  kind: 'input',
  placeholder: 'file',
  description: 'JSON file with any of these arguments and options; the command line overrides it',
} as const;

/** Declares the config that `data/NAME-config.schema.json` describes. */
export function configFile<Config>(name: string, options: ConfigFileOptions = {}): ConfigFile<Config> {
  const { arguments: positional = [], fileOnly = [], registered = {} } = options;
  const flags = configFlags(configSchema(name), [...fileOnly, '$schema']);
  const part = (inArguments: boolean): Options =>
    Object.fromEntries(
      flags
        .filter(flag => positional.includes(flag.name) === inArguments)
        .map(flag => [flag.name, flag.option]),
    );
  return {
    arguments: part(true),
    options: { config: CONFIG, ...part(false) },
    async read({ config: file, ...values }) {
      const { readConfig } = await import('./read-config.ts');
      const stated = { flags, positional, values };
      return readConfig<Config>(name, typeof file === 'string' ? file : undefined, stated, registered);
    },
  };
}
