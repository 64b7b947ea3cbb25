import type { Budget } from './budget.ts';
import { unsupported } from './template-error.ts';
import {
  Float,
  isDict,
  isList,
  Markup,
  Series,
  stringOf,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** Writes a value as Python's `str` does. @throws {TemplateError} for a function and the like, whose text is an address. */
export function textOf(value: Value, budget: Budget): string {
  if (value instanceof Undefined) return '';
  const text = stringOf(value) ?? reprOf(value, budget);
  budget.spend(text.length);
  return text;
}

/** Writes a value as Python's `repr` does. */
export function reprOf(value: Value, budget: Budget): string {
  budget.step();
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value, budget);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Markup) return `Markup(${quoted(value.text, budget)})`;
  const list = (items: readonly Value[]) => {
    const texts = items.map(item => reprOf(item, budget));
    budget.spend(texts.reduce((sum, text) => sum + text.length + 2, 0));
    return texts.join(', ');
  };
  if (isList(value)) return `[${list(value)}]`;
  if (isDict(value)) {
    const entries = [...value].map(([key, member]) => `${reprOf(key, budget)}: ${reprOf(member, budget)}`);
    budget.spend(entries.reduce((sum, text) => sum + text.length + 2, 0));
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof Series) {
    const { kind, items } = value;
    if (kind === 'tuple') return items.length === 1 ? `(${list(items)},)` : `(${list(items)})`;
    if (kind !== 'range') return `${kind}([${list(items)}])`;
  }
  throw unsupported(`the text of a value of type ${typeName(value)}`);
}

/** Writes a number with a fraction as Python does: 1.0, 1e-05, 1e+16, inf. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  // JavaScript writes 1e-5 and above 1e21 with an exponent, so that all that is left here is written in full.
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** Characters that Python's `repr` escapes: those that are not printable, and the space is. */
const UNPRINTABLE = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** Writes a text as Python's `repr` does: in single quotes, unless it holds these and no double ones. */
function quoted(text: string, budget: Budget): string {
  budget.spend(text.length);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, char => ESCAPES[char] ?? escapeOf(char.codePointAt(0) ?? 0));
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

function escapeOf(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
