import { Option as Flag } from 'commander';
import type { CommandDeclaration } from './declare/command.ts';
import type { Kind, Option, Property } from './declare/property.ts';
import { argumentOf, flagOf } from './declare/values.ts';

/** Words that help shows for a text, by its kind. */
const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  folder: 'folder',
  file: 'file',
  input: 'path',
  source: 'file|record',
  model: 'folder|file|url',
  name: 'name',
  url: 'url',
  text: 'text',
};

/** Makes commander's flags of an option: one that is true by default has a second flag, `--no-NAME`. */
export function flagsFor(name: string, option: Option): Flag[] {
  const flag = flagFor(name, option);
  if (option.type !== 'boolean' || (option.default ?? option.defaultLater) !== true) return [flag];
  return [flag, new Flag(`--no-${flag.name()}`, `opposite of --${flag.name()}`)];
}

/** Makes commander's flag of an option, without checks: only the declaration checks values. */
function flagFor(name: string, option: Option): Flag {
  const flag = flagOf(name);
  const list = option.type === 'array' && option.parse === undefined;
  const placeholder = option.placeholder ?? placeholderOf(list ? (option.items ?? {}) : option);
  const value = option.type === 'boolean' ? '' : ` <${placeholder}${list ? '...' : ''}>`;
  const made = new Flag(flag + value, argumentHelp(option));
  return option.group === undefined ? made : made.helpGroup(option.group);
}

/** Describes an argument or option, with its choices and its default. */
export function argumentHelp({ description, items, ...option }: Option): string {
  const otherwise = option.default ?? option.defaultLater;
  const choices = option.enum ?? items?.enum;
  const facts = [];
  if (choices) facts.push(`one of ${choices.join(', ')}`);
  if (otherwise !== undefined && !(Array.isArray(otherwise) && otherwise.length === 0))
    facts.push(`default: ${[otherwise].flat().join(option.parse ? ',' : ' ')}`);
  if (facts.length === 0) return description;
  const [start, join, end] = description.endsWith(')')
    ? [description.slice(0, -1), '; ', ')']
    : [description, ' (', ')'];
  return start + join + facts.join('; ') + end;
}

/** Shows how a command is called: `[options] <benchmark>`. */
export function usageOf({ arguments: positional }: CommandDeclaration): string {
  const terms = Object.entries(positional).map(([name, { required, type }]) => {
    const term = type === 'array' ? `${name}...` : name;
    return required ? argumentOf(term) : `[${term}]`;
  });
  return ['[options]', ...terms].join(' ');
}

/** Shows examples of a command, and notes below them. */
export function examplesHelp(examples: readonly string[], notes: string | undefined): string {
  const lines = ['', 'Examples:', ...examples.map(example => `  ${example}`)];
  if (notes !== undefined) lines.push('', notes);
  return lines.join('\n');
}

function placeholderOf({ type, enum: choices, kind = 'text' }: Property): string {
  if (type === 'number' || type === 'integer') return 'n';
  if (type === 'object') return 'json';
  return choices ? 'name' : PLACEHOLDERS[kind];
}
