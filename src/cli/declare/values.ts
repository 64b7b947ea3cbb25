import { brokenRule } from '../../text/index.ts';
import { UsageError } from '../exit.ts';
import type { Option, Options, Property, ValuesOf } from './property.ts';

/** Returns an option's name on the command line: `maxTokens` is `--max-tokens`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** Returns an argument's name on the command line: `benchmark` is `<benchmark>`. */
export function argumentOf(name: string): string {
  return `<${name}>`;
}

/**
 * Converts the texts of a command line to values of options, with defaults. A text that does not fit an option's type
 * stays a text, which {@link requireValues} refuses.
 *
 * @param texts by the options' names: a text, the texts of a list, or true for a flag.
 */
export function readValues(
  options: Options,
  texts: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) => {
      const given = texts[name];
      if (given !== undefined) return [[name, read(option, given)]];
      return option.default === undefined ? [] : [[name, structuredClone(option.default)]];
    }),
  );
}

function read(option: Option, given: unknown): unknown {
  if (typeof given === 'string' && option.parse) return option.parse(given) ?? given;
  if (Array.isArray(given)) return given.map(item => typed(option.items ?? {}, item));
  return typed(option, given);
}

function typed({ type }: Property, given: unknown): unknown {
  if (type === 'object' && typeof given === 'string') return objectIn(given) ?? given;
  if ((type !== 'number' && type !== 'integer') || typeof given !== 'string') return given;
  const value = Number(given);
  return given.trim() !== '' && Number.isFinite(value) ? value : given;
}

function objectIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Checks the values that are given. @throws {UsageError} naming the first option whose value breaks a rule. */
export function requireRules(
  options: Options,
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): void {
  for (const [name, option] of Object.entries(options)) {
    const broken = values[name] === undefined ? undefined : brokenRule(option, values[name]);
    if (broken !== undefined) throw new UsageError(`${nameOf(name)} ${broken}`);
  }
}

/**
 * Makes sure that values are those that options declare.
 *
 * @param nameOf an option's name on the command line.
 * @throws {UsageError} naming the first option that is missing or whose value breaks a rule.
 */
export function requireValues<All extends Options>(
  options: All,
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): asserts values is Readonly<Record<string, unknown>> & ValuesOf<All> {
  requireRules(options, values, nameOf);
  for (const [name, { required }] of Object.entries(options))
    if (required && values[name] === undefined) throw new UsageError(`${nameOf(name)} is required, got none`);
}
