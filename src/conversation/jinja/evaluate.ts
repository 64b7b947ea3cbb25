import type { Budget } from './budget.ts';
import { applyFilter } from './filters.ts';
import { attributeOf, memberOf } from './members.ts';
import type { Arguments, Expression } from './nodes.ts';
import { compare, concatenated, operate, sliced } from './operators.ts';
import type { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';
import { runTest } from './tests.ts';
import {
  type CallArguments,
  Callable,
  Float,
  isDict,
  itemsOf,
  Loop,
  numberOf,
  Series,
  stringOf,
  truthy,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** Evaluates an expression as Jinja2 does. @throws {TemplateError} if it fails, or the budget is used up. */
export function evaluate(expression: Expression, scope: Scope, budget: Budget): Value {
  budget.step();
  const value = (inner: Expression) => evaluate(inner, scope, budget);
  switch (expression.type) {
    case 'constant':
      return expression.value;
    case 'float':
      return new Float(expression.value);
    case 'name': {
      const found = scope.get(expression.name);
      return found === undefined ? new Undefined(`"${expression.name}"`) : found;
    }
    case 'list':
      return expression.items.map(value);
    case 'tuple':
      return new Series('tuple', expression.items.map(value));
    case 'dict':
      return new Map(expression.entries.map(([key, member]) => [keyOf(value(key)), value(member)]));
    case 'attribute':
      return attributeOf(value(expression.object), expression.name, budget);
    case 'item':
      return memberOf(value(expression.object), value(expression.key), budget);
    case 'slice': {
      const { object, start, stop, step } = expression;
      const bounds = [start, stop, step].map(bound => (bound ? value(bound) : null));
      return sliced(value(object), bounds, budget);
    }
    case 'call':
      return call(value(expression.callee), evaluateArguments(expression.args, scope, budget), budget);
    case 'filter':
      return applyFilter(
        expression.name,
        value(expression.input),
        evaluateArguments(expression.args, scope, budget),
        budget,
      );
    case 'test':
      return runTest(
        expression.name,
        value(expression.input),
        evaluateArguments(expression.args, scope, budget),
        budget,
      );
    case 'unary':
      return unary(expression.operator, value(expression.operand));
    case 'binary':
      return operate(expression.operator, value(expression.left), value(expression.right), budget);
    case 'logical': {
      const left = value(expression.left);
      return truthy(left) === (expression.operator === 'and') ? value(expression.right) : left;
    }
    case 'compare': {
      let left = value(expression.first);
      for (const { operator, right } of expression.rest) {
        const next = value(right);
        if (!compare(operator, left, next, budget)) return false;
        left = next;
      }
      return true;
    }
    case 'concat':
      return concatenated(expression.parts.map(value), budget);
    case 'conditional': {
      if (truthy(value(expression.test))) return value(expression.value);
      return expression.otherwise ? value(expression.otherwise) : new Undefined('a value without an "else"');
    }
  }
}

function keyOf(key: Value): string | number {
  const text = stringOf(key);
  if (text !== undefined) return text;
  if (typeof key === 'number') return key;
  throw new TemplateError(`a key must be a text or a whole number, got ${typeName(key)}`);
}

function unary(operator: '-' | '+' | 'not', operand: Value): Value {
  if (operator === 'not') return !truthy(operand);
  if (operand instanceof Undefined) throw operand.error();
  const number = numberOf(operand);
  if (number === undefined) throw new TemplateError(`${operator} cannot be applied to ${typeName(operand)}`);
  const signed = operator === '-' ? 0 - number : number;
  return operand instanceof Float ? new Float(operator === '-' ? -number : number) : signed;
}

/** Calls a function. @throws {TemplateError} if the value is none. */
export function call(callee: Value, args: CallArguments, budget: Budget): Value {
  if (callee instanceof Callable) return callee.call(args, budget);
  if (callee instanceof Loop && callee.recurse) return callee.recurse.call(args, budget);
  if (callee instanceof Undefined) throw callee.error();
  throw new TemplateError(`a value of type ${typeName(callee)} cannot be called`);
}

/** Evaluates the arguments of a call, and what they spread. */
export function evaluateArguments(
  { positional, named, spread, namedSpread }: Arguments,
  scope: Scope,
  budget: Budget,
): CallArguments {
  const values = positional.map(item => evaluate(item, scope, budget));
  const byName = new Map(named.map(({ name, value }) => [name, evaluate(value, scope, budget)]));
  if (spread) values.push(...itemsOf(evaluate(spread, scope, budget), budget));
  if (namedSpread) {
    const members = evaluate(namedSpread, scope, budget);
    if (!isDict(members)) throw new TemplateError(`** requires a dict, got ${typeName(members)}`);
    for (const [key, member] of members) byName.set(String(key), member);
  }
  return { positional: values, named: byName };
}
