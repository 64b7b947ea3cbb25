import { didYouMean } from './suggest.ts';

/** Rules of a value, in the words of JSON Schema. */
export interface ValueRules {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: ValueRules;
  /** Values of an object whose names are open. */
  readonly additionalProperties?: ValueRules | false;
  /** Meaning of a text, such as `folder`, which must not be empty. */
  readonly kind?: string;
  /** Form that errors name, where that says more than the type: `a list of seeds such as 7,8`. */
  readonly form?: string;
}

/**
 * Finds the rule that a value breaks, in the words that follow the value's name: `must be >= 1, got
 * -5`.
 *
 * @returns undefined if it breaks none.
 * @example
 * brokenRule({ type: 'integer', minimum: 1 }, -5) // 'must be >= 1, got -5'
 */
export function brokenRule(rules: ValueRules, value: unknown): string | undefined {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = rules;
  const rule = ruleFor(rules, value);
  if (rule !== undefined) return `must ${rule}, got ${shownValue(value)}${suggestion(rules, value)}`;
  if (isObject(value)) return brokenRuleInside(rules, value);
  if (!Array.isArray(value)) return undefined;
  if (value.length < minItems || value.length > maxItems)
    return `must have ${lengths(minItems, maxItems)}, got ${value.length}`;
  const twice = value.find((item, index) => value.indexOf(item) < index);
  if (uniqueItems && twice !== undefined) return `must name each value once, got ${shownValue(twice)} twice`;
  for (const item of value) {
    const broken = items && brokenRule(items, item);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** Finds the rule that a value inside an object with open names breaks. */
function brokenRuleInside({ additionalProperties: inner }: ValueRules, value: object): string | undefined {
  for (const [name, own] of Object.entries(value)) {
    const broken = inner ? brokenRule(inner, own) : undefined;
    if (broken !== undefined) return `${name} ${broken}`;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats a value for an error: its JSON, or the beginning of it. */
export function shownValue(value: unknown): string {
  // JSON has no NaN.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'none');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function ruleFor(rules: ValueRules, value: unknown): string | undefined {
  const { type, enum: choices, pattern, minLength = 0 } = rules;
  if (choices)
    return choices.some(choice => choice === value) ? undefined : `be one of ${choices.join(', ')}`;
  if (type === 'number' || type === 'integer') return ruleForNumber(rules, value);
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'be true or false';
  if (type === 'array') return Array.isArray(value) ? undefined : `be ${rules.form ?? 'a list'}`;
  if (type === 'object') return isObject(value) ? undefined : 'be a JSON object';
  if (type !== 'string') return undefined;
  if (typeof value !== 'string') return 'be a text';
  if (value.length < Math.max(minLength, rules.kind === undefined ? 0 : 1)) return 'not be empty';
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `match ${pattern}`;
}

function ruleForNumber(rules: ValueRules, value: unknown): string | undefined {
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = rules;
  if (typeof value !== 'number' || !Number.isFinite(value))
    return type === 'integer' ? 'be an integer' : 'be a number';
  if (type === 'integer' && !Number.isInteger(value)) return 'be an integer';
  if (minimum !== undefined && value < minimum) return `be >= ${minimum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `be > ${exclusiveMinimum}`;
  if (maximum !== undefined && value > maximum) return `be <= ${maximum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `be < ${exclusiveMaximum}`;
  return undefined;
}

function suggestion({ enum: choices = [] }: ValueRules, value: unknown): string {
  return typeof value === 'string' ? didYouMean(value, choices.map(String)) : '';
}

function lengths(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least === 1 ? '1 value' : `${least} values`}`;
  return `${least} to ${most} values`;
}
