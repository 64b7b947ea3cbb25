import { Command } from 'commander';
import { configFlags } from './config-flags.ts';
import { configSchema, resolved } from './config-schema.ts';

/** Which properties of a config are no flags. */
export interface ConfigCommandOptions {
  /** Those that stand on the command line without a flag, in this order. */
  positional?: readonly string[];
  /** Those that take a file. */
  inFile?: readonly string[];
}

/**
 * A command whose options are the properties of `data/NAME-config.schema.json`: each is stated on the command line,
 * or with others in the file that `--config` names. Options that are added to it stand on the command line alone.
 *
 * @param act given the config, of which the schema holds, and the options of the command line.
 */
export function configCommand<Config, Flags = object>(
  name: string,
  act: (config: Config, flags: Flags) => Promise<void>,
  { positional = [], inFile = [] }: ConfigCommandOptions = {},
): Command {
  const schema = configSchema(name);
  const command = new Command(name).option(
    '--config <file>',
    `JSON with the ${positional.length > 0 ? 'arguments and ' : ''}options below; what stands here comes first`,
  );
  for (const part of positional)
    command.argument(`[${part}]`, resolved(schema.properties[part] ?? {}).description);
  const flags = configFlags(schema, [...positional, ...inFile, '$schema']);
  for (const { option } of flags) command.addOption(option);
  return command.action(async () => {
    const { readConfig } = await import('./read-config.ts');
    const given = command.opts();
    const config = await readConfig<Config>(name, given.config, [
      ...positional.map((part, at) => ({ path: [part], called: part, value: command.args[at] })),
      ...flags.map(({ path, option }) => ({
        path,
        called: `--${option.name()}`,
        value: given[option.attributeName()],
      })),
    ]);
    await act(config, given as Flags);
  });
}
