/** A check of a value of unknown type, with the type of the values that pass it. */
export interface Guard<T> {
  /** Returns the first problem, such as `config.budget must be a number, got "x"`; undefined if there is none. */
  problem(value: unknown, at: string): string | undefined;
  /** Type of the values, in both directions: a guard of more or of fewer values has another type. */
  readonly type?: (value: T) => T;
}

/** Returns whether a value passes a guard. */
export function accepts<T>(guard: Guard<T>, value: unknown): value is T {
  return guard.problem(value, '') === undefined;
}

/** Numbers of JSON: finite ones. */
export const number: Guard<number> = kind('a number', value => Number.isFinite(value));

export const string: Guard<string> = kind('a string', value => typeof value === 'string');

export const boolean: Guard<boolean> = kind('a boolean', value => typeof value === 'boolean');

/** Guards any value of JSON. */
export const anything: Guard<unknown> = { problem: () => undefined };

/** Guards one of several constants. */
export function literal<const Value extends string | number | null>(
  ...values: readonly Value[]
): Guard<Value> {
  const rule = values.map(value => JSON.stringify(value)).join(' or ');
  return kind(rule, value => values.some(each => each === value));
}

/** Guards values that pass one guard or another. */
export function either<A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> {
  return {
    problem: (value, at) => {
      const problems = [a.problem(value, at), b.problem(value, at)];
      return problems.includes(undefined) ? undefined : problems.join('; or ');
    },
  };
}

/** Guards values that may be left out. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return { problem: (value, at) => (value === undefined ? undefined : guard.problem(value, at)) };
}

/** Guards lists of values. */
export function list<T>(guard: Guard<T>): Guard<readonly T[]> {
  return {
    problem: (value, at) => {
      if (!Array.isArray(value)) return mismatch(at, 'a list', value);
      for (const [index, item] of value.entries()) {
        const problem = guard.problem(item, `${at}[${index}]`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** Guards null, and values that pass a guard. */
export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return { problem: (value, at) => (value === null ? undefined : guard.problem(value, at)) };
}

/**
 * Guards objects with these keys.
 *
 * @param options.open whether there may be other keys too; default false.
 * @example
 * const shape = object<{ size: number; name?: string }>({ size: number, name: optional(string) })
 */
export function object<T extends object>(
  fields: { readonly [K in keyof T]-?: Guard<T[K]> },
  { open = false } = {},
): Guard<T> {
  const guards = new Map<string, Guard<unknown>>(Object.entries(fields));
  return {
    problem: (value, at) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return mismatch(at, 'an object', value);
      const given = new Map<string, unknown>(Object.entries(value));
      for (const name of given.keys())
        if (!open && !guards.has(name))
          return `${at} has the unknown key "${name}", known are ${[...guards.keys()].join(', ')}`;
      for (const [name, guard] of guards) {
        const problem = guard.problem(given.get(name), `${at}.${name}`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** Guards objects with any keys whose values pass a guard. */
export function record<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return {
    problem: (value, at) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return mismatch(at, 'an object', value);
      for (const [name, each] of Object.entries(value)) {
        const problem = guard.problem(each, `${at}.${name}`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** Guards values of any kind that a function recognises. @param rule what it requires, in words. */
function kind<T>(rule: string, passes: (value: unknown) => boolean): Guard<T> {
  return { problem: (value, at) => (passes(value) ? undefined : mismatch(at, rule, value)) };
}

function mismatch(at: string, rule: string, value: unknown): string {
  return `${at} must be ${rule}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`;
}
