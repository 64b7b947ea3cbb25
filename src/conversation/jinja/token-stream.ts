import type { Token } from './lexer.ts';
import { TemplateError } from './template-error.ts';

const END: Token = { type: 'eof', value: '', line: 0 };

/** Tokens to be read one after the other. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  /** The token behind the current one. */
  get following(): Token {
    return this.#tokens[this.#at + 1] ?? END;
  }

  next(): Token {
    const token = this.current;
    this.#at += 1;
    return token;
  }

  is(type: Token['type'], value?: string): boolean {
    const { current } = this;
    return current.type === type && (value === undefined || current.value === value);
  }

  /** Skips a token if it is this one. */
  skip(type: Token['type'], value?: string): boolean {
    const found = this.is(type, value);
    if (found) this.#at += 1;
    return found;
  }

  /** Takes a token. @throws {TemplateError} if it is another. */
  expect(type: Token['type'], value?: string): Token {
    if (this.is(type, value)) return this.next();
    throw this.error(`${value ?? type} is expected, found ${this.current.value || this.current.type}`);
  }

  /** Parses what is within a block. @throws {TemplateError} if it is deeper than the most allowed. */
  nested<T>(most: number, parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > most) throw this.error(`blocks must be nested at most ${most} deep`);
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  error(what: string): TemplateError {
    return new TemplateError(`line ${this.current.line}: ${what}`);
  }
}
