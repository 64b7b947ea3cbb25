import { TemplateError } from './template-error.ts';
import { type CallArguments, stringOf, typeName, Undefined, type Value } from './values.ts';

/** Arguments of a call by the names of its parameters. */
export class NamedArguments {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #callee: string;

  /** @throws {TemplateError} if there are too many, one is unknown, or one is given twice. */
  constructor(callee: string, { positional, named }: CallArguments, names: readonly string[]) {
    if (positional.length > names.length)
      throw new TemplateError(
        `${callee} requires at most ${names.length} arguments, got ${positional.length}`,
      );
    const values = new Map(positional.map((value, i): [string, Value] => [names[i] ?? '', value]));
    for (const [name, value] of named) {
      if (!names.includes(name)) throw new TemplateError(`${callee} has no argument "${name}"`);
      if (values.has(name)) throw new TemplateError(`${callee} has got "${name}" twice`);
      values.set(name, value);
    }
    this.#values = values;
    this.#callee = callee;
  }

  value(name: string): Value | undefined {
    return this.#values.get(name);
  }

  required(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new TemplateError(`${this.#callee} requires "${name}", got none`);
    return value;
  }

  /** A text; `undefined` for `None` and for what is not given. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    if (value instanceof Undefined) throw value.error();
    const text = stringOf(value);
    if (text !== undefined) return text;
    throw new TemplateError(`"${name}" of ${this.#callee} must be a text, got ${typeName(value)}`);
  }

  /** A whole number; `undefined` for `None` and for what is not given. */
  integer(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    if (value instanceof Undefined) throw value.error();
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    throw new TemplateError(`"${name}" of ${this.#callee} must be a whole number, got ${typeName(value)}`);
  }
}
