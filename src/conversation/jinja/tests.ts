import type { Budget } from './budget.ts';
import type { Comparison } from './nodes.ts';
import { compare } from './operators.ts';
import { TemplateError, unsupported } from './template-error.ts';
import {
  type CallArguments,
  Callable,
  Float,
  Generator,
  isDict,
  isList,
  Markup,
  numberOf,
  Series,
  stringOf,
  Undefined,
  type Value,
} from './values.ts';

type Test = (input: Value) => boolean;

const isText: Test = input => stringOf(input) !== undefined;
const isSized: Test = input =>
  isText(input) || isList(input) || isDict(input) || input instanceof Series || input instanceof Undefined;

const remainder = (input: Value, divisor: number): number => {
  const number = numberOf(input);
  if (number !== undefined) return number - divisor * Math.floor(number / divisor);
  throw new TemplateError('a test of division requires a number');
};

const TESTS: Readonly<Record<string, Test>> = {
  defined: input => !(input instanceof Undefined),
  undefined: input => input instanceof Undefined,
  none: input => input === null,
  boolean: input => typeof input === 'boolean',
  true: input => input === true,
  false: input => input === false,
  integer: input => typeof input === 'number',
  float: input => input instanceof Float,
  number: input => numberOf(input) !== undefined,
  string: isText,
  mapping: isDict,
  sequence: input =>
    isSized(input) &&
    !(input instanceof Series && ['dict_keys', 'dict_values', 'dict_items'].includes(input.kind)),
  iterable: input => isSized(input) || input instanceof Generator,
  callable: input => input instanceof Callable,
  escaped: input => input instanceof Markup,
  odd: input => remainder(input, 2) === 1,
  even: input => remainder(input, 2) === 0,
  lower: input => {
    const text = stringOf(input) ?? '';
    return /\p{Ll}/u.test(text) && text === text.toLowerCase();
  },
  upper: input => {
    const text = stringOf(input) ?? '';
    return /\p{Lu}/u.test(text) && text === text.toUpperCase();
  },
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '==': '==',
  eq: '==',
  equalto: '==',
  '!=': '!=',
  ne: '!=',
  '<': '<',
  lt: '<',
  lessthan: '<',
  '<=': '<=',
  le: '<=',
  '>': '>',
  gt: '>',
  greaterthan: '>',
  '>=': '>=',
  ge: '>=',
  in: 'in',
};

/** Runs a test of a value, such as `defined`. @throws {TemplateError} if the test is not known. */
export function runTest(
  name: string,
  input: Value,
  { positional, named }: CallArguments,
  budget: Budget,
): boolean {
  budget.step();
  const other = positional[0] ?? named.get('other');
  const comparison = Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (comparison && other !== undefined) return compare(comparison, input, other, budget);
  if (name === 'sameas' && other !== undefined) return same(input, other);
  if (name === 'divisibleby' && other !== undefined) {
    const divisor = numberOf(other);
    if (divisor) return remainder(input, divisor) === 0;
  }
  const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (!test) throw unsupported(`the test "${name}"`);
  return test(input);
}

/** Python's `is`, where it does not depend on how Python keeps its values. */
function same(left: Value, right: Value): boolean {
  const certain = (value: Value) => value === null || typeof value === 'boolean' || typeof value === 'object';
  if (certain(left) || certain(right)) return left === right;
  throw unsupported('the test "sameas" of texts and numbers');
}
