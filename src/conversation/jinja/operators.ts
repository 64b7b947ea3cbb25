import type { Budget } from './budget.ts';
import type { BinaryOperator, Comparison } from './nodes.ts';
import { printf } from './printf.ts';
import { textOf } from './python-text.ts';
import { TemplateError, unsupported } from './template-error.ts';
import {
  codePoints,
  Float,
  isDict,
  isList,
  itemsOf,
  Markup,
  numberOf,
  Series,
  stringOf,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** Computes an operation as Python does. @throws {TemplateError} if the values do not go together. */
export function operate(operator: BinaryOperator, left: Value, right: Value, budget: Budget): Value {
  for (const value of [left, right]) if (value instanceof Undefined) throw value.error();
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) {
    const isFloat = left instanceof Float || right instanceof Float;
    return calculate(operator, a, b, isFloat);
  }
  if (operator === '+') return joined(left, right, budget);
  if (operator === '*' && b !== undefined) return repeated(left, b, budget);
  if (operator === '*' && a !== undefined) return repeated(right, a, budget);
  if (operator === '%' && typeof left === 'string')
    return printf(left, isTuple(right) ? right.items : [right], budget);
  throw new TemplateError(`${operator} cannot be applied to ${typeName(left)} and ${typeName(right)}`);
}

function calculate(operator: BinaryOperator, a: number, b: number, isFloat: boolean): Value {
  if (['/', '//', '%'].includes(operator) && b === 0) throw new TemplateError('a number is divided by zero');
  // Python's remainder has the sign of the divisor.
  const result = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '//': () => Math.floor(a / b),
    '%': () => a - b * Math.floor(a / b),
    '**': () => a ** b,
  }[operator]();
  if (isFloat || operator === '/' || (operator === '**' && b < 0)) return new Float(result);
  if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  throw unsupported('a whole number of 2^53 or more');
}

function joined(left: Value, right: Value, budget: Budget): Value {
  if (left instanceof Markup || right instanceof Markup) {
    if (stringOf(left) !== undefined && stringOf(right) !== undefined)
      return new Markup(markupOf(left, budget) + markupOf(right, budget));
  } else if (typeof left === 'string' && typeof right === 'string') {
    budget.spend(left.length + right.length);
    return left + right;
  } else if (isList(left) && isList(right)) {
    budget.spendItems(left.length + right.length);
    return [...left, ...right];
  } else if (isTuple(left) && isTuple(right)) {
    budget.spendItems(left.items.length + right.items.length);
    return new Series('tuple', [...left.items, ...right.items]);
  }
  throw new TemplateError(`+ cannot be applied to ${typeName(left)} and ${typeName(right)}`);
}

function isTuple(value: Value): value is Series {
  return value instanceof Series && value.kind === 'tuple';
}

function repeated(value: Value, times: number, budget: Budget): Value {
  const count = Math.max(0, times);
  if (typeof value === 'string') {
    budget.spend(value.length * count);
    return value.repeat(count);
  }
  if (isList(value)) {
    budget.spendItems(value.length * count);
    return Array.from({ length: count }, () => value).flat();
  }
  throw new TemplateError(`* cannot be applied to ${typeName(value)} and int`);
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** Writes a value for markup: what is not safe is escaped. */
export function markupOf(value: Value, budget: Budget): string {
  if (value instanceof Markup) return value.text;
  const escaped = textOf(value, budget).replace(/[&<>'"]/g, char => HTML[char] ?? char);
  budget.spend(escaped.length);
  return escaped;
}

/** Joins the texts of values, as `~` does. */
export function concatenated(values: readonly Value[], budget: Budget): Value {
  const texts = values.map(value => textOf(value, budget));
  budget.spend(texts.reduce((sum, text) => sum + text.length, 0));
  return texts.join('');
}

/** Compares values as Python does. @throws {TemplateError} if they have no order, or the right one has no members. */
export function compare(operator: Comparison, left: Value, right: Value, budget: Budget): boolean {
  budget.step();
  switch (operator) {
    case '==':
      return equal(left, right, budget);
    case '!=':
      return !equal(left, right, budget);
    case 'in':
      return contains(right, left, budget);
    case 'not in':
      return !contains(right, left, budget);
    case '<':
      return order(left, right, budget) < 0;
    case '<=':
      return order(left, right, budget) <= 0;
    case '>':
      return order(left, right, budget) > 0;
    case '>=':
      return order(left, right, budget) >= 0;
  }
}

/** Reports whether values are equal, as Python has it. */
export function equal(left: Value, right: Value, budget: Budget): boolean {
  budget.step();
  if (left === right) return true;
  const a = numberOf(left);
  if (a !== undefined) return a === numberOf(right);
  const text = stringOf(left);
  if (text !== undefined) {
    budget.spend(text.length);
    return text === stringOf(right);
  }
  if (left instanceof Undefined) return right instanceof Undefined;
  const all = (one: readonly Value[], other: readonly Value[]) =>
    one.length === other.length && one.every((item, i) => equal(item, other[i] ?? null, budget));
  if (isList(left)) return isList(right) && all(left, right);
  if (left instanceof Series)
    return right instanceof Series && left.kind === right.kind && all(left.items, right.items);
  if (!isDict(left) || !isDict(right) || left.size !== right.size) return false;
  return [...left].every(([key, value]) => {
    const other = right.get(key);
    return other !== undefined && equal(value, other, budget);
  });
}

/** Returns a negative number if the left value is the lesser, a positive one if the right one is. */
export function order(left: Value, right: Value, budget: Budget): number {
  budget.step();
  for (const value of [left, right]) if (value instanceof Undefined) throw value.error();
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) return a - b;
  const text = stringOf(left);
  const other = stringOf(right);
  if (text !== undefined && other !== undefined) {
    budget.spend(text.length);
    return byCodePoints(text, other);
  }
  const items = isList(left) && isList(right) ? [left, right] : tuples(left, right);
  if (!items) throw new TemplateError(`${typeName(left)} and ${typeName(right)} have no order`);
  const [one = [], two = []] = items;
  const differs = one.findIndex((item, i) => i >= two.length || !equal(item, two[i] ?? null, budget));
  if (differs < 0 || differs >= two.length) return one.length - two.length;
  return order(one[differs] ?? null, two[differs] ?? null, budget);
}

function tuples(left: Value, right: Value): (readonly Value[])[] | undefined {
  return isTuple(left) && isTuple(right) ? [left.items, right.items] : undefined;
}

function byCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  // Where the second halves of pairs differ, their order is that of the pairs.
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}

function contains(whole: Value, part: Value, budget: Budget): boolean {
  const text = stringOf(whole);
  if (text !== undefined) {
    const sought = stringOf(part);
    if (sought === undefined) throw new TemplateError(`a text contains text, not ${typeName(part)}`);
    return indexIn(text, sought, 0, budget) >= 0;
  }
  if (isDict(whole)) return typeof part === 'string' || typeof part === 'number' ? whole.has(part) : false;
  return itemsOf(whole, budget).some(item => equal(item, part, budget));
}

/** Finds a text in a text, from a UTF-16 unit on; takes from the budget what the search may cost. */
export function indexIn(text: string, sought: string, from: number, budget: Budget): number {
  // A search for a long text may look at each place of it again and again.
  budget.spend((text.length * Math.max(64, sought.length)) / 64);
  return text.indexOf(sought, from);
}

/** Returns the item at an index, or the member of a key; `undefined` if there is none. */
export function itemAt(object: Value, key: Value, budget: Budget): Value | undefined {
  if (isDict(object)) return typeof key === 'string' || typeof key === 'number' ? object.get(key) : undefined;
  if (typeof key !== 'number') return undefined;
  if (isList(object)) return object.at(key);
  if (object instanceof Series && (object.kind === 'tuple' || object.kind === 'range'))
    return object.items.at(key);
  const text = stringOf(object);
  return text === undefined ? undefined : codePoints(text, budget).at(key);
}

/** Cuts a list, a tuple or a text as Python's slices do. @throws {TemplateError} for what cannot be cut. */
export function sliced(object: Value, bounds: readonly Value[], budget: Budget): Value {
  const [start, stop, step] = bounds.map(bound => {
    if (bound === null || typeof bound === 'number') return bound;
    throw new TemplateError(`a bound of a slice must be a whole number, got ${typeName(bound)}`);
  });
  const cut = <T>(items: readonly T[]): T[] => {
    budget.spendItems(items.length);
    return pick(items, start ?? null, stop ?? null, step ?? 1);
  };
  const text = stringOf(object);
  if (text !== undefined) return cut(codePoints(text, budget)).join('');
  if (isList(object)) return cut(object);
  if (object instanceof Series && (object.kind === 'tuple' || object.kind === 'range'))
    return new Series(object.kind, cut(object.items));
  if (object instanceof Undefined) throw object.error();
  throw new TemplateError(`a value of type ${typeName(object)} cannot be cut`);
}

function pick<T>(items: readonly T[], start: number | null, stop: number | null, step: number): T[] {
  if (step === 0) throw new TemplateError('the step of a slice must not be 0');
  const { length } = items;
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: number | null, otherwise: number) =>
    value === null ? otherwise : Math.min(high, Math.max(low, value < 0 ? value + length : value));
  const from = bound(start, step > 0 ? low : high);
  const to = bound(stop, step > 0 ? high : low);
  const picked: T[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) {
    const item = items[at];
    if (item !== undefined) picked.push(item);
  }
  return picked;
}
