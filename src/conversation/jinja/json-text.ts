import type { Budget } from './budget.ts';
import { floatText } from './python-text.ts';
import { TemplateError } from './template-error.ts';
import { Float, isDict, isList, Markup, Series, typeName, type Value } from './values.ts';

/** Options of Python's `json.dumps`, as a template may give them. */
export interface JsonOptions {
  ensureAscii: boolean;
  /** Text that a level is indented by; `null` for one line. */
  indent: string | null;
  itemSeparator: string;
  keySeparator: string;
  sortKeys: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * Writes a value as Python's `json.dumps` does.
 *
 * @throws {TemplateError} if a value is not one of JSON, such as an undefined one.
 */
export function jsonText(value: Value, options: JsonOptions, budget: Budget, level = 0): string {
  budget.step();
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (value instanceof Float) return jsonNumber(value.value);
  if (typeof value === 'string') return jsonString(value, options, budget);
  if (value instanceof Markup) return jsonString(value.text, options, budget);
  const write = (member: Value) => jsonText(member, options, budget, level + 1);
  if (isList(value)) return bracketed('[', value.map(write), ']', options, budget, level);
  if (value instanceof Series && value.kind === 'tuple')
    return bracketed('[', value.items.map(write), ']', options, budget, level);
  if (!isDict(value)) throw new TemplateError(`a value of type ${typeName(value)} cannot be written as JSON`);
  const entries = [...value].map(([key, member]): [string, Value] => [String(key), member]);
  if (options.sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const texts = entries.map(
    ([key, member]) => `${jsonString(key, options, budget)}${options.keySeparator}${write(member)}`,
  );
  return bracketed('{', texts, '}', options, budget, level);
}

function bracketed(
  open: string,
  texts: readonly string[],
  close: string,
  { indent, itemSeparator }: JsonOptions,
  budget: Budget,
  level: number,
): string {
  if (texts.length === 0) return `${open}${close}`;
  const inner = indent === null ? '' : `\n${indent.repeat(level + 1)}`;
  const outer = indent === null ? '' : `\n${indent.repeat(level)}`;
  budget.spend(
    texts.reduce((sum, text) => sum + text.length + itemSeparator.length + inner.length, outer.length),
  );
  return `${open}${inner}${texts.join(`${itemSeparator}${inner}`)}${outer}${close}`;
}

function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  return floatText(value);
}

function jsonString(text: string, { ensureAscii }: JsonOptions, budget: Budget): string {
  budget.spend(text.length);
  const pattern = ensureAscii ? /["\\]|[^ -~]/g : /["\\\u0000-\u001f]/g;
  const hex = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${text.replace(pattern, unit => NAMED[unit] ?? hex(unit))}"`;
}
