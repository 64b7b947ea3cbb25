import { didYouMean } from '../../text/index.ts';
import type { Property } from './property.ts';

/**
 * Finds the rule of a property that a value breaks, in the words that follow the value's name: `must be >= 1, got
 * -5`.
 *
 * @returns undefined if it breaks none.
 */
export function brokenRule(property: Property, value: unknown): string | undefined {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = property;
  const rule = ruleFor(property, value);
  if (rule !== undefined) return `must ${rule}, got ${shown(value)}${suggestion(property, value)}`;
  if (isObject(value)) return brokenRuleInside(property, value);
  if (!Array.isArray(value)) return undefined;
  if (value.length < minItems || value.length > maxItems)
    return `must have ${lengths(minItems, maxItems)}, got ${value.length}`;
  const twice = value.find((item, index) => value.indexOf(item) < index);
  if (uniqueItems && twice !== undefined) return `must name each value once, got ${shown(twice)} twice`;
  for (const item of value) {
    const broken = items && brokenRule(items, item);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** Finds the rule that a value inside an object with open names breaks. */
function brokenRuleInside({ additionalProperties: inner }: Property, value: object): string | undefined {
  for (const [name, own] of Object.entries(value)) {
    const broken = inner ? brokenRule(inner, own) : undefined;
    if (broken !== undefined) return `${name} ${broken}`;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats a value for an error. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function ruleFor(property: Property, value: unknown): string | undefined {
  const { type, enum: choices, pattern, minLength = 0 } = property;
  if (choices)
    return choices.some(choice => choice === value) ? undefined : `be one of ${choices.join(', ')}`;
  if (type === 'number' || type === 'integer') return ruleForNumber(property, value);
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'be true or false';
  if (type === 'array') return Array.isArray(value) ? undefined : `be ${property.form ?? 'a list'}`;
  if (type === 'object') return isObject(value) ? undefined : 'be a JSON object';
  if (type !== 'string') return undefined;
  if (typeof value !== 'string') return 'be a text';
  if (value.length < Math.max(minLength, property.kind === undefined ? 0 : 1)) return 'not be empty';
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `match ${pattern}`;
}

function ruleForNumber(property: Property, value: unknown): string | undefined {
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = property;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return type === 'integer' ? 'be an integer' : 'be a number';
  if (type === 'integer' && !Number.isInteger(value)) return 'be an integer';
  if (minimum !== undefined && value < minimum) return `be >= ${minimum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `be > ${exclusiveMinimum}`;
  if (maximum !== undefined && value > maximum) return `be <= ${maximum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `be < ${exclusiveMaximum}`;
  return undefined;
}

function suggestion({ enum: choices = [] }: Property, value: unknown): string {
  return typeof value === 'string' ? didYouMean(value, choices.map(String)) : '';
}

function lengths(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least === 1 ? '1 value' : `${least} values`}`;
  return `${least} to ${most} values`;
}
