import { Option } from 'commander';
import { type ConfigSchema, optionSchema, type Property, resolved } from './config-schema.ts';
import { number } from './number.ts';

/** A flag, and where its value stands in a config: `--lora-rank` at `lora`, `rank`. */
export interface ConfigFlag {
  path: readonly string[];
  option: Option;
}

/**
 * Lists a flag for each property of a config but some, and for each part of a property that has parts. One that is
 * true by default has a second flag, `--no-NAME`.
 */
export function configFlags({ properties }: ConfigSchema, without: readonly string[]): ConfigFlag[] {
  return Object.entries(properties).flatMap(([name, property]): ConfigFlag[] => {
    if (without.includes(name)) return [];
    const { properties: parts, ...own } = resolved(property);
    if (!parts) {
      const flag = { path: [name], option: optionOf(name, own) };
      return own.default === true ? [flag, { path: [name], option: negated(flag.option) }] : [flag];
    }
    return Object.entries(parts).map(([part, inner]) => {
      const { description, ...rest } = resolved(inner);
      const said = { ...rest, description: `${name}: ${description}` };
      return { path: [name, part], option: optionOf(`${name}-${part}`, said) };
    });
  });
}

/** Options that several commands have, by their names in `data/option.schema.json`, in the same words. */
export function sharedOptions(...names: string[]): Option[] {
  const { $defs } = optionSchema();
  return names.map(name => optionOf(name, resolved($defs[name] ?? {})));
}

/** What help shows in place of a text, where that is not the kind of text itself. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { source: 'file', model: 'folder|file|url' };

function optionOf(name: string, property: Property): Option {
  const { type, enum: choices, items, default: otherwise } = property;
  const said = otherwise === undefined ? '' : ` (default: ${otherwise})`;
  const flag = `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
  const option = (placeholder: string) => new Option(flag + placeholder, `${property.description}${said}`);
  if (type === 'boolean') return option('');
  if (type === 'array') return option(` <${placeholderOf(resolved(items ?? {}))}...>`);
  if (type === 'number' || type === 'integer') return option(' <n>').argParser(number);
  return choices ? option(' <name>').choices(choices) : option(` <${placeholderOf(property)}>`);
}

function negated(option: Option): Option {
  return new Option(`--no-${option.name()}`, `opposite of --${option.name()}`);
}

function placeholderOf({ kind = 'text' }: Property): string {
  return PLACEHOLDERS[kind] ?? kind;
}
