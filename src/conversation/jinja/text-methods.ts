import { NamedArguments } from './arguments.ts';
import type { Budget } from './budget.ts';
import { SPACE } from './lexer.ts';
import { indexIn } from './operators.ts';
import { TemplateError, unsupported } from './template-error.ts';
import {
  type CallArguments,
  Callable,
  codePoints,
  itemsOf,
  Series,
  stringOf,
  typeName,
  type Value,
} from './values.ts';

type Method = (text: string, args: NamedArguments, budget: Budget) => Value;

const IS_SPACE = new RegExp(`^[${SPACE}]$`);

/** Removes characters from the ends of a text: white space, or those of a set. */
export function stripped(
  text: string,
  characters: string | undefined,
  ends: 'both' | 'left' | 'right',
  budget: Budget,
): string {
  budget.spend(text.length);
  const set = characters === undefined ? undefined : new Set(codePoints(characters, budget));
  const removed = (char: string) => (set ? set.has(char) : IS_SPACE.test(char));
  let start = 0;
  let end = text.length;
  while (ends !== 'right' && start < end) {
    const char = String.fromCodePoint(text.codePointAt(start) ?? 0);
    if (!removed(char)) break;
    start += char.length;
  }
  while (ends !== 'left' && end > start) {
    const isPair = end - start > 1 && (text.codePointAt(end - 2) ?? 0) > 0xffff;
    const char = text.slice(isPair ? end - 2 : end - 1, end);
    if (!removed(char)) break;
    end -= char.length;
  }
  return text.slice(start, end);
}

/** Replaces a text in a text, at most as often as given. */
export function replaced(text: string, old: string, by: string, count: number, budget: Budget): string {
  if (old === '') throw unsupported('the replacement of an empty text');
  const parts = splitBy(text, old, count < 0 ? Number.POSITIVE_INFINITY : count, budget);
  budget.spend(text.length + (parts.length - 1) * by.length);
  return parts.join(by);
}

/** Writes the first character in upper case and the others in lower case. */
export function capitalized(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return text === '' ? '' : titleCase(first) + text.slice(first.length).toLowerCase();
}

/** Characters whose title case is one of its own, by their upper case. */
const TITLES: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

function titleCase(char: string): string {
  if (/[\u10d0-\u10ff\u1f80-\u1fff]/.test(char)) throw unsupported('the title case of rare letters');
  const [head = '', ...tail] = char.toUpperCase();
  return (TITLES[head] ?? head) + tail.join('').toLowerCase();
}

function splitBy(text: string, separator: string, most: number, budget: Budget): string[] {
  const parts: string[] = [];
  let from = 0;
  budget.spend(text.length);
  while (parts.length < most) {
    // Each search begins where the last one ended, so that all together read the text once.
    const at = text.indexOf(separator, from);
    if (at < 0) break;
    parts.push(text.slice(from, at));
    from = at + separator.length;
    budget.spend(separator.length);
  }
  return [...parts, text.slice(from)];
}

function splitBySpace(text: string, most: number, budget: Budget): string[] {
  budget.spend(text.length);
  const parts: string[] = [];
  const words = new RegExp(`[^${SPACE}]+`, 'g');
  for (let found = words.exec(text); found; found = words.exec(text)) {
    if (parts.length === most)
      return [...parts, stripped(text.slice(found.index), undefined, 'right', budget)];
    parts.push(found[0]);
  }
  return parts;
}

function split(text: string, args: NamedArguments, budget: Budget): Value {
  const separator = args.text('sep');
  const limit = args.integer('maxsplit') ?? -1;
  const most = limit < 0 ? Number.POSITIVE_INFINITY : limit;
  if (separator === undefined) return splitBySpace(text, most, budget);
  if (separator === '') throw new TemplateError('split requires a separator that is not empty');
  return splitBy(text, separator, most, budget);
}

function rsplit(text: string, args: NamedArguments, budget: Budget): Value {
  const separator = args.text('sep');
  const most = args.integer('maxsplit') ?? -1;
  if (most < 0) return split(text, args, budget);
  if (!separator) throw unsupported('rsplit by white space with a limit');
  budget.spend(text.length);
  const parts: string[] = [];
  let end = text.length;
  while (parts.length < most) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.unshift(text.slice(at + separator.length, end));
    end = at;
  }
  return [text.slice(0, end), ...parts];
}

/** Reports whether a text starts or ends with one of the texts given. */
function affix(name: 'startswith' | 'endswith'): Method {
  return (text, args, budget) => {
    const affixes = args.required('affix');
    if (args.value('start') !== undefined) throw unsupported(`${name} with a start`);
    const all = affixes instanceof Series ? itemsOf(affixes, budget) : [affixes];
    return all.some(one => {
      const sought = stringOf(one);
      budget.spend(sought?.length ?? 0);
      if (sought === undefined) throw new TemplateError(`${name} requires a text, got ${typeName(one)}`);
      return name === 'startswith' ? text.startsWith(sought) : text.endsWith(sought);
    });
  };
}

/** Finds a text; places count code points, as Python's do. */
function find(last: boolean): Method {
  return (text, args, budget) => {
    const sought = args.text('sub') ?? '';
    if (args.value('start') !== undefined) throw unsupported('find with a start');
    const first = indexIn(text, sought, 0, budget);
    const at = last && first >= 0 ? text.lastIndexOf(sought) : first;
    return at < 0 ? -1 : codePoints(text.slice(0, at), budget).length;
  };
}

/** Reports whether a text is not empty and each of its characters is of a kind. */
function every(kind: RegExp, unsure?: RegExp): Method {
  return (text, _, budget) => {
    budget.spend(text.length);
    if (unsure?.test(text)) throw unsupported('a test of rare digits');
    return text !== '' && codePoints(text, budget).every(char => kind.test(char));
  };
}

const RARE_DIGITS = /[\p{No}\p{Nl}]/u;
const strip = (ends: 'both' | 'left' | 'right'): Method => {
  return (text, args, budget) => stripped(text, args.text('chars'), ends, budget);
};
const cased = (write: (text: string) => string): Method => {
  return (text, _, budget) => {
    budget.spend(text.length);
    return write(text);
  };
};

function joinTexts(text: string, args: NamedArguments, budget: Budget): Value {
  const texts = itemsOf(args.required('iterable'), budget).map(item => {
    if (typeof item === 'string') return item;
    throw new TemplateError(`join requires texts, got ${typeName(item)}`);
  });
  budget.spend(texts.reduce((sum, { length }) => sum + length + text.length, 0));
  return texts.join(text);
}

function partition(text: string, args: NamedArguments, budget: Budget): Value {
  const separator = args.text('sep') ?? '';
  if (separator === '') throw new TemplateError('partition requires a separator that is not empty');
  const [head = '', ...rest] = splitBy(text, separator, 1, budget);
  return new Series('tuple', rest.length === 0 ? [text, '', ''] : [head, separator, ...rest]);
}

const METHODS: Readonly<Record<string, readonly [names: readonly string[], method: Method]>> = {
  strip: [['chars'], strip('both')],
  lstrip: [['chars'], strip('left')],
  rstrip: [['chars'], strip('right')],
  split: [['sep', 'maxsplit'], split],
  rsplit: [['sep', 'maxsplit'], rsplit],
  splitlines: [
    [],
    (text, _, budget) => {
      budget.spend(text.length);
      const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
      return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
    },
  ],
  partition: [['sep'], partition],
  replace: [
    ['old', 'new', 'count'],
    (text, args, budget) =>
      replaced(text, args.text('old') ?? '', args.text('new') ?? '', args.integer('count') ?? -1, budget),
  ],
  startswith: [['affix', 'start', 'end'], affix('startswith')],
  endswith: [['affix', 'start', 'end'], affix('endswith')],
  find: [['sub', 'start', 'end'], find(false)],
  rfind: [['sub', 'start', 'end'], find(true)],
  count: [
    ['sub'],
    (text, args, budget) => {
      const sought = args.text('sub') ?? '';
      if (sought === '') throw unsupported('the count of an empty text');
      return splitBy(text, sought, Number.POSITIVE_INFINITY, budget).length - 1;
    },
  ],
  join: [['iterable'], joinTexts],
  upper: [[], cased(text => text.toUpperCase())],
  lower: [[], cased(text => text.toLowerCase())],
  capitalize: [[], cased(capitalized)],
  title: [[], cased(text => text.replace(/\p{Cased}+/gu, capitalized))],
  removeprefix: [
    ['prefix'],
    (text, args) => {
      const prefix = args.text('prefix') ?? '';
      return text.startsWith(prefix) ? text.slice(prefix.length) : text;
    },
  ],
  removesuffix: [
    ['suffix'],
    (text, args) => {
      const suffix = args.text('suffix') ?? '';
      return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
    },
  ],
  isdigit: [[], every(/\p{Nd}/u, RARE_DIGITS)],
  isdecimal: [[], every(/\p{Nd}/u)],
  isnumeric: [[], every(/\p{Nd}/u, RARE_DIGITS)],
  isalpha: [[], every(/\p{L}/u)],
  isalnum: [[], every(/[\p{L}\p{Nd}]/u, RARE_DIGITS)],
  isspace: [[], every(IS_SPACE)],
  isupper: [[], text => /\p{Lu}/u.test(text) && text === text.toUpperCase()],
  islower: [[], text => /\p{Ll}/u.test(text) && text === text.toLowerCase()],
};

/** Methods of Python's `str` that are not supported; a template may ask whether they exist. */
const OTHERS =
  'casefold center encode expandtabs format format_map index isascii isidentifier isprintable istitle ljust maketrans rindex rjust rpartition swapcase translate zfill';

/** Returns a method of a text; `undefined` if Python has none of the name. */
export function textMethod(text: string, name: string): Callable | undefined {
  const found = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (found) {
    const [names, method] = found;
    const call = (args: CallArguments, budget: Budget) =>
      method(text, new NamedArguments(name, args, names), budget);
    return new Callable(name, call);
  }
  if (!OTHERS.split(' ').includes(name)) return undefined;
  return new Callable(name, () => {
    throw unsupported(`the method "${name}" of a text`);
  });
}
