import { NamedArguments } from './arguments.ts';
import { Scope } from './scope.ts';
import { strftime } from './strftime.ts';
import { TemplateError, unsupported } from './template-error.ts';
import { Callable, isDict, itemsOf, Namespace, Series, stringOf, typeName, type Value } from './values.ts';

/** Most items of a range, as in Jinja2's sandbox. */
const MOST_IN_RANGE = 100_000;

/**
 * Makes the names that every chat template sees: Jinja2's, and Transformers' `raise_exception` and `strftime_now`.
 *
 * @param now the time of the rendering.
 */
export function globalScope(now: Date): Scope {
  const scope = new Scope();
  for (const callable of [
    RANGE,
    DICT,
    NAMESPACE,
    RAISE_EXCEPTION,
    new Callable('strftime_now', args =>
      strftime(now, new NamedArguments('strftime_now', args, ['format']).text('format') ?? ''),
    ),
    ...['cycler', 'joiner', 'lipsum'].map(
      name =>
        new Callable(name, () => {
          throw unsupported(`the function "${name}"`);
        }),
    ),
  ])
    scope.set(callable.name, callable);
  return scope;
}

const RANGE = new Callable('range', ({ positional }, budget) => {
  const numbers = positional.map(value => {
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    throw new TemplateError(`range requires whole numbers, got ${typeName(value)}`);
  });
  const [first = 0, second, step = 1] = numbers;
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (numbers.length < 1 || numbers.length > 3 || step === 0)
    throw new TemplateError(
      `range requires 1 to 3 numbers and a step that is not 0, got ${numbers.join(', ')}`,
    );
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MOST_IN_RANGE)
    throw new TemplateError(`a range must have at most ${MOST_IN_RANGE} items, it has ${length}`);
  budget.spend(length);
  return new Series(
    'range',
    Array.from({ length }, (_, i) => start + i * step),
  );
});

const DICT = new Callable('dict', ({ positional, named }, budget) => {
  const [from] = positional;
  if (from === undefined) return new Map(named);
  if (isDict(from)) return new Map([...from, ...named]);
  const entries = itemsOf(from, budget).map((entry): [string, Value] => {
    const [key = null, value = null] = itemsOf(entry, budget);
    const name = stringOf(key);
    if (name === undefined) throw new TemplateError(`a key of dict must be a text, got ${typeName(key)}`);
    return [name, value];
  });
  return new Map([...entries, ...named]);
});

const NAMESPACE = new Callable('namespace', ({ positional, named }) => {
  const [from] = positional;
  if (from !== undefined && !isDict(from))
    throw new TemplateError(`namespace requires a dict, got ${typeName(from)}`);
  const attributes = [...(from ?? []), ...named].map(([name, value]): [string, Value] => [
    String(name),
    value,
  ]);
  return new Namespace(attributes);
});

const RAISE_EXCEPTION = new Callable('raise_exception', args => {
  const message = new NamedArguments('raise_exception', args, ['message']).value('message') ?? null;
  throw new TemplateError(stringOf(message) ?? typeName(message));
});
