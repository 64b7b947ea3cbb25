import type { Budget } from './budget.ts';
import { TemplateError } from './template-error.ts';

/** Value of Python as a template sees it. Whole numbers are JavaScript's; text counts by code points. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Float
  | Markup
  | readonly Value[]
  | Dict
  | Series
  | Generator
  | Namespace
  | Callable
  | Loop
  | Undefined;

/** Python's `dict`, in the order of its keys. */
export type Dict = ReadonlyMap<string | number, Value>;

/** Number with a fraction, such as 1.0. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Text of the filter `safe`, to which other text is added escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Sequence that is no list: a tuple, a range, or what `items` and its like return. */
export class Series {
  readonly kind: 'tuple' | 'range' | 'dict_keys' | 'dict_values' | 'dict_items';
  readonly items: readonly Value[];

  constructor(kind: 'tuple' | 'range' | 'dict_keys' | 'dict_values' | 'dict_items', items: readonly Value[]) {
    this.kind = kind;
    this.items = items;
  }
}

/** Result of `map` and its like: it can be gone through once, and has no length. */
export class Generator {
  #items: readonly Value[] | undefined;

  constructor(items: readonly Value[]) {
    this.#items = items;
  }

  take(): readonly Value[] {
    const items = this.#items ?? [];
    this.#items = undefined;
    return items;
  }
}

/** Object whose attributes a template may set. */
export class Namespace {
  readonly attributes: Map<string, Value>;

  constructor(attributes: Iterable<readonly [string, Value]>) {
    this.attributes = new Map(attributes);
  }
}

/** Arguments of a call, evaluated. */
export interface CallArguments {
  positional: readonly Value[];
  named: ReadonlyMap<string, Value>;
}

/** Function: a macro, a method or a global. */
export class Callable {
  readonly name: string;
  readonly call: (args: CallArguments, budget: Budget) => Value;

  constructor(name: string, call: (args: CallArguments, budget: Budget) => Value) {
    this.name = name;
    this.call = call;
  }
}

/** State of a `for`, as its body sees it; that of a recursive one can be called. */
export class Loop {
  readonly get: (name: string) => Value | undefined;
  readonly recurse: Callable | undefined;

  constructor(get: (name: string) => Value | undefined, recurse?: Callable) {
    this.get = get;
    this.recurse = recurse;
  }
}

/** Value that does not exist; it is false and has no text, and nothing else can be done with it. */
export class Undefined {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }

  error(): TemplateError {
    return new TemplateError(`${this.what} is undefined`);
  }
}

/** Returns a value's type, as Python names it. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'str';
  if (isList(value)) return 'list';
  if (isDict(value)) return 'dict';
  if (value instanceof Float) return 'float';
  if (value instanceof Series) return value.kind;
  return value.constructor.name;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isDict(value: Value): value is Dict {
  return value instanceof Map;
}

/** Returns the value of a number, `True` as 1; `undefined` for what is none. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Float ? value.value : undefined;
}

/** Returns a text, whether it is safe or not; `undefined` for what is none. */
export function stringOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : undefined;
}

/** Reports whether Python takes a value for true. */
export function truthy(value: Value): boolean {
  if (value === null || value instanceof Undefined) return false;
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return value.size > 0;
  if (value instanceof Series) return value.items.length > 0;
  const number = numberOf(value);
  if (number !== undefined) return number !== 0;
  const text = stringOf(value);
  return text === undefined || text !== '';
}

/** Returns the code points of a text, each as a text. */
export function codePoints(text: string, budget: Budget): readonly string[] {
  budget.spendItems(text.length);
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text.split('');
}

/** Returns the items that a loop over a value goes through. @throws {TemplateError} if there are none to go through. */
export function itemsOf(value: Value, budget: Budget): readonly Value[] {
  const items = found();
  budget.spend(items.length);
  return items;

  function found(): readonly Value[] {
    if (isList(value)) return value;
    if (isDict(value)) return [...value.keys()];
    if (value instanceof Series) return value.items;
    if (value instanceof Generator) return value.take();
    if (value instanceof Undefined) return [];
    const text = stringOf(value);
    if (text !== undefined) return codePoints(text, budget);
    throw new TemplateError(`a value of type ${typeName(value)} cannot be gone through`);
  }
}

/** Returns the length of a value. @throws {TemplateError} if it has none. */
export function lengthOf(value: Value, budget: Budget): number {
  if (isList(value)) return value.length;
  if (isDict(value)) return value.size;
  if (value instanceof Series) return value.items.length;
  if (value instanceof Undefined) return 0;
  const text = stringOf(value);
  if (text !== undefined) return codePoints(text, budget).length;
  throw new TemplateError(`a value of type ${typeName(value)} has no length`);
}

/** Makes a template's value of one of JSON. `undefined` members are left out, as where JSON is written. */
export function toValue(json: unknown): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : new Float(json);
  if (Array.isArray(json)) return json.map(toValue);
  if (typeof json === 'object') {
    const members = Object.entries(json).filter(([, member]) => member !== undefined);
    return new Map(members.map(([key, member]) => [key, toValue(member)]));
  }
  throw new TemplateError(`a template's value must be one of JSON, got ${typeof json}`);
}
