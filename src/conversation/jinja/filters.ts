import { NamedArguments } from './arguments.ts';
import type { Budget } from './budget.ts';
import { jsonText } from './json-text.ts';
import { memberOf } from './members.ts';
import { equal, markupOf, operate, order } from './operators.ts';
import { printf } from './printf.ts';
import { textOf } from './python-text.ts';
import { TemplateError, unsupported } from './template-error.ts';
import { runTest } from './tests.ts';
import { capitalized, replaced, stripped } from './text-methods.ts';
import {
  type CallArguments,
  Float,
  Generator,
  isDict,
  itemsOf,
  lengthOf,
  Markup,
  numberOf,
  Series,
  stringOf,
  truthy,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

type Filter = (input: Value, args: NamedArguments, budget: Budget) => Value;

/** Returns the text of a value, as filters of text take it. Text of `safe` has methods of its own. */
function plainText(input: Value, budget: Budget): string {
  if (input instanceof Markup) throw unsupported('a filter of text on that of the filter "safe"');
  return textOf(input, budget);
}

function numeric(input: Value, filter: string): number {
  const number = numberOf(input);
  if (number === undefined)
    throw new TemplateError(`the filter "${filter}" requires a number, got ${typeName(input)}`);
  return number;
}

/** Texts are sorted and compared without regard to case, unless an option asks for it. */
function withoutCase(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Returns the getter of an attribute such as `function.name`; what is compared is without case where asked for. */
function getter(budget: Budget, attribute: Value | undefined, caseSensitive = true): (item: Value) => Value {
  const folded = caseSensitive ? (value: Value) => value : withoutCase;
  if (attribute === undefined || attribute === null) return folded;
  const parts = typeof attribute === 'string' ? attribute.split('.') : [attribute];
  if (parts.some(part => typeof part === 'string' && part.includes(',')))
    throw unsupported('several attributes');
  const keys = parts.map(part => (typeof part === 'string' && /^\d+$/.test(part) ? Number(part) : part));
  return item => folded(keys.reduce<Value>((value, key) => memberOf(value, key, budget), item));
}

function sorted(
  items: readonly Value[],
  key: (item: Value) => Value,
  reverse: boolean,
  budget: Budget,
): readonly Value[] {
  const keyed = items.map(item => ({ item, key: key(item) }));
  const sign = reverse ? -1 : 1;
  return keyed.sort((a, b) => sign * order(a.key, b.key, budget)).map(({ item }) => item);
}

function extreme(sign: 1 | -1): Filter {
  return (input, args, budget) => {
    const key = getter(budget, args.value('attribute'), truthy(args.value('case_sensitive') ?? false));
    const [first, ...rest] = itemsOf(input, budget);
    if (first === undefined) return new Undefined('an item of an empty list');
    return rest.reduce((best, item) => (sign * order(key(item), key(best), budget) > 0 ? item : best), first);
  };
}

function indented(input: Value, args: NamedArguments, budget: Budget): Value {
  const width = args.value('width') ?? 4;
  const indent =
    typeof width === 'string' ? width : ' '.repeat(Math.max(0, Math.min(numeric(width, 'indent'), 1e4)));
  const lines = plainText(input, budget).split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  budget.spend(lines.length * indent.length);
  const blank = truthy(args.value('blank') ?? false);
  const written = lines.map((line, i) => (i === 0 || (line === '' && !blank) ? line : indent + line));
  return (truthy(args.value('first') ?? false) ? indent : '') + written.join('\n');
}

function toJson(input: Value, args: NamedArguments, budget: Budget): Value {
  const indent = args.value('indent') ?? null;
  const separators = args.value('separators') ?? null;
  const pair = separators === null ? undefined : itemsOf(separators, budget).map(stringOf);
  if (pair && (pair.length !== 2 || pair.includes(undefined)))
    throw new TemplateError('"separators" of tojson must be two texts');
  const level = numberOf(indent);
  const options = {
    ensureAscii: truthy(args.value('ensure_ascii') ?? false),
    indent: level === undefined ? (stringOf(indent) ?? null) : ' '.repeat(Math.max(0, Math.min(level, 1e4))),
    itemSeparator: pair?.[0] ?? (indent === null ? ', ' : ','),
    keySeparator: pair?.[1] ?? ': ',
    sortKeys: truthy(args.value('sort_keys') ?? false),
  };
  return jsonText(input, options, budget);
}

function joinItems(input: Value, args: NamedArguments, budget: Budget): Value {
  const get = getter(budget, args.value('attribute'));
  const separator = textOf(args.value('d') ?? '', budget);
  const texts = itemsOf(input, budget).map(item => textOf(get(item), budget));
  budget.spend(texts.reduce((sum, text) => sum + text.length + separator.length, 0));
  return texts.join(separator);
}

function dictSort(input: Value, args: NamedArguments, budget: Budget): Value {
  if (!isDict(input)) throw new TemplateError(`dictsort requires a dict, got ${typeName(input)}`);
  const place = (args.text('by') ?? 'key') === 'key' ? 0 : 1;
  const key = getter(budget, place, truthy(args.value('case_sensitive') ?? false));
  const entries = [...input].map(entry => new Series('tuple', entry));
  return sorted(entries, key, truthy(args.value('reverse') ?? false), budget);
}

function toInteger(input: Value, args: NamedArguments, budget: Budget): Value {
  const otherwise = args.value('default') ?? 0;
  if ((args.integer('base') ?? 10) !== 10) throw unsupported('the filter "int" with a base');
  const text = stringOf(input);
  const number = text === undefined ? numberOf(input) : decimal(text, budget);
  if (number === undefined || !Number.isFinite(number)) return otherwise;
  const whole = Math.trunc(number);
  if (Number.isSafeInteger(whole)) return whole;
  throw unsupported('a whole number of 2^53 or more');
}

/** Reads a number as Python's `float` does; `undefined` for what is none. */
function decimal(text: string, budget: Budget): number | undefined {
  const digits = stripped(text, undefined, 'both', budget).replace(/(?<=\d)_(?=\d)/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
}

function reversed(input: Value, _: NamedArguments, budget: Budget): Value {
  const items = [...itemsOf(input, budget)].reverse();
  return stringOf(input) === undefined ? new Generator(items) : items.join('');
}

function rounded(input: Value, args: NamedArguments): Value {
  const value = numeric(input, 'round');
  if ((args.integer('precision') ?? 0) !== 0) throw unsupported('the filter "round" with a precision');
  const method = args.text('method') ?? 'common';
  const near = Math.round(value);
  // Python rounds a half to the even neighbour.
  const common = Math.abs(value % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
  const whole = method === 'ceil' ? Math.ceil(value) : method === 'floor' ? Math.floor(value) : common;
  return typeof input === 'number' && method === 'common' ? whole : new Float(whole);
}

/** Makes the filter of items that pass a test, or fail it: by themselves, or by an attribute. */
function selection(keep: boolean, byAttribute: boolean) {
  return (input: Value, { positional, named }: CallArguments, budget: Budget): Value => {
    const [attribute, ...others] = positional;
    const [test, ...rest] = byAttribute ? others : positional;
    const get = getter(budget, byAttribute ? (attribute ?? null) : null);
    const name = test === undefined ? undefined : stringOf(test);
    if (test !== undefined && name === undefined)
      throw new TemplateError('the name of a test must be a text');
    const passes = (item: Value) =>
      name === undefined ? truthy(get(item)) : runTest(name, get(item), { positional: rest, named }, budget);
    return new Generator(itemsOf(input, budget).filter(item => passes(item) === keep));
  };
}

function mapped(input: Value, args: CallArguments, budget: Budget): Value {
  const { positional, named } = args;
  const items = itemsOf(input, budget);
  const attribute = named.get('attribute');
  if (positional.length === 0 && attribute !== undefined) {
    const get = getter(budget, attribute);
    const otherwise = named.get('default');
    const value = (item: Value) => {
      const found = get(item);
      return found instanceof Undefined && otherwise !== undefined ? otherwise : found;
    };
    return new Generator(items.map(value));
  }
  const [filter, ...rest] = positional;
  const name = filter === undefined ? undefined : stringOf(filter);
  if (name === undefined) throw new TemplateError('map requires the name of a filter, or an attribute');
  return new Generator(items.map(item => applyFilter(name, item, { positional: rest, named }, budget)));
}

function uniqueItems(input: Value, args: NamedArguments, budget: Budget): Value {
  const key = getter(budget, args.value('attribute'), truthy(args.value('case_sensitive') ?? false));
  const seen: Value[] = [];
  const fresh = (item: Value) => {
    const value = key(item);
    if (seen.some(other => equal(other, value, budget))) return false;
    seen.push(value);
    return true;
  };
  return new Generator(itemsOf(input, budget).filter(fresh));
}

const itemsOfDict: Filter = input => {
  if (input instanceof Undefined) return new Generator([]);
  if (!isDict(input)) throw new TemplateError(`the filter "items" requires a dict, got ${typeName(input)}`);
  return new Generator([...input].map(entry => new Series('tuple', entry)));
};

const defaultValue: Filter = (input, args) => {
  const replace = input instanceof Undefined || (truthy(args.value('boolean') ?? false) && !truthy(input));
  return replace ? (args.value('default_value') ?? '') : input;
};

const lastItem: Filter = (input, _, budget) => {
  if (input instanceof Generator) throw new TemplateError('the filter "last" cannot go through a generator');
  return itemsOf(input, budget).at(-1) ?? new Undefined('the last item of an empty list');
};

/** Title of Jinja2: words begin behind white space, `-`, `(`, `{`, `[` and `<`. */
const titled = (text: string) =>
  text.replace(/(^|[-\s({[<])([^-\s({[<]+)/g, (_, before: string, word: string) => {
    const [first = '', ...rest] = word;
    return before + first.toUpperCase() + rest.join('').toLowerCase();
  });

const escaped: Filter = (input, _, budget) => new Markup(markupOf(input, budget));
const trim: Filter = (input, args, budget) => {
  const text = stripped(textOf(input, budget), args.text('chars'), 'both', budget);
  return input instanceof Markup ? new Markup(text) : text;
};
const writes =
  (write: (text: string) => string): Filter =>
  (input, _, budget) =>
    write(plainText(input, budget));

type Entry = readonly [names: readonly string[], filter: Filter];

const DEFAULT: Entry = [['default_value', 'boolean'], defaultValue];
const LENGTH: Entry = [[], (input, _, budget) => lengthOf(input, budget)];
const ESCAPE: Entry = [[], escaped];

const FILTERS: Readonly<Record<string, Entry>> = {
  abs: [
    [],
    input => (input instanceof Float ? new Float(Math.abs(input.value)) : Math.abs(numeric(input, 'abs'))),
  ],
  capitalize: [[], writes(capitalized)],
  count: LENGTH,
  d: DEFAULT,
  default: DEFAULT,
  dictsort: [['case_sensitive', 'by', 'reverse'], dictSort],
  e: ESCAPE,
  escape: ESCAPE,
  first: [
    [],
    (input, _, budget) => itemsOf(input, budget)[0] ?? new Undefined('the first item of an empty list'),
  ],
  float: [
    ['default'],
    (input, args, budget) => {
      const text = stringOf(input);
      const number = text === undefined ? numberOf(input) : decimal(text, budget);
      return number === undefined ? (args.value('default') ?? new Float(0)) : new Float(number);
    },
  ],
  indent: [['width', 'first', 'blank'], indented],
  int: [['default', 'base'], toInteger],
  items: [[], itemsOfDict],
  join: [['d', 'attribute'], joinItems],
  last: [[], lastItem],
  length: LENGTH,
  list: [[], (input, _, budget) => [...itemsOf(input, budget)]],
  lower: [[], writes(text => text.toLowerCase())],
  max: [['case_sensitive', 'attribute'], extreme(1)],
  min: [['case_sensitive', 'attribute'], extreme(-1)],
  replace: [
    ['old', 'new', 'count'],
    (input, args, budget) =>
      replaced(
        textOf(input, budget),
        textOf(args.required('old'), budget),
        textOf(args.required('new'), budget),
        args.integer('count') ?? -1,
        budget,
      ),
  ],
  reverse: [[], reversed],
  round: [['precision', 'method'], rounded],
  safe: [[], (input, _, budget) => new Markup(textOf(input, budget))],
  sort: [
    ['reverse', 'case_sensitive', 'attribute'],
    (input, args, budget) =>
      sorted(
        itemsOf(input, budget),
        getter(budget, args.value('attribute'), truthy(args.value('case_sensitive') ?? false)),
        truthy(args.value('reverse') ?? false),
        budget,
      ),
  ],
  string: [[], (input, _, budget) => (input instanceof Markup ? input : textOf(input, budget))],
  sum: [
    ['attribute', 'start'],
    (input, args, budget) =>
      itemsOf(input, budget)
        .map(getter(budget, args.value('attribute')))
        .reduce((sum, item) => operate('+', sum, item, budget), args.value('start') ?? 0),
  ],
  title: [[], writes(titled)],
  tojson: [['ensure_ascii', 'indent', 'separators', 'sort_keys'], toJson],
  trim: [['chars'], trim],
  unique: [['case_sensitive', 'attribute'], uniqueItems],
  upper: [[], writes(text => text.toUpperCase())],
  wordcount: [[], (input, _, budget) => plainText(input, budget).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
};

/** Filters of any number of arguments; most name another filter or a test, to which the others go. */
const VARIADIC: Readonly<Record<string, (input: Value, args: CallArguments, budget: Budget) => Value>> = {
  format: (input, { positional, named }, budget) => {
    if (named.size > 0) throw unsupported('the filter "format" with names');
    return printf(plainText(input, budget), positional, budget);
  },
  map: mapped,
  select: selection(true, false),
  reject: selection(false, false),
  selectattr: selection(true, true),
  rejectattr: selection(false, true),
};

/** Applies a filter to a value. @throws {TemplateError} if the filter is not known, or does not take the value. */
export function applyFilter(name: string, input: Value, args: CallArguments, budget: Budget): Value {
  budget.step();
  const variadic = Object.hasOwn(VARIADIC, name) ? VARIADIC[name] : undefined;
  if (variadic) return variadic(input, args, budget);
  const entry = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (!entry) throw unsupported(`the filter "${name}"`);
  const [names, filter] = entry;
  return filter(input, new NamedArguments(`the filter "${name}"`, args, names), budget);
}
