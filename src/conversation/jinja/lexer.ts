import { TemplateError } from './template-error.ts';
import { unescapeLiteral } from './unescape-literal.ts';

/** White space as Python's `str.isspace` and `\s` have it, for a class of characters. */
export const SPACE = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

export interface Token {
  type: 'text' | 'name' | 'string' | 'integer' | 'float' | 'operator' | 'begin' | 'end' | 'eof';
  /** Text; for `begin` and `end` what they delimit: `block` or `variable`. */
  value: string;
  line: number;
}

const OPENING = /\{%|\{\{|\{#/g;
const RAW = new RegExp(`\\{%[-+]?[${SPACE}]*raw[${SPACE}]*(-%\\}[${SPACE}]*|%\\})`, 'y');
const END_RAW = new RegExp(
  `\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*(?:\\+%\\}|-%\\}[${SPACE}]*|%\\}\\n?)`,
  'g',
);
const COMMENT_END = new RegExp(`\\+#\\}|-#\\}[${SPACE}]*|#\\}\\n?`, 'g');
const ENDS = {
  block: new RegExp(`\\+%\\}|-%\\}[${SPACE}]*|%\\}\\n?`, 'y'),
  variable: new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, 'y'),
};
const BLANK = new RegExp(`[${SPACE}]+`, 'y');
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}_]+/uy;
const STRING = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[-+*/%~[\](){}><=.:|,;]/y;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Cuts a template into tokens, as Jinja2 does with `trim_blocks` and `lstrip_blocks`.
 *
 * @throws {TemplateError} if a block, a comment or a string does not end, or a character begins no token.
 */
export function tokenize(template: string): Token[] {
  return new Lexer(template.replace(/\r\n?/g, '\n').replace(/\n$/, '')).tokens();
}

class Lexer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** True where what comes next begins a line. */
  #lineStarts = true;
  #lineCountedTo = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  tokens(): Token[] {
    for (;;) {
      OPENING.lastIndex = this.#at;
      const found = OPENING.exec(this.#source);
      const end = found?.index ?? this.#source.length;
      const sign = this.#source[end + 2] ?? '';
      const text = this.#source.slice(this.#at, end);
      this.#pushText(found ? this.#trimmed(text, sign, found[0] === '{{') : text);
      if (!found) break;
      this.#at = end;
      this.#open(found[0], sign);
      this.#lineStarts = this.#source[this.#at - 1] === '\n';
    }
    this.#push('eof', '');
    return this.#tokens;
  }

  #open(opening: string, sign: string): void {
    if (opening === '{#') this.#skipComment(openingLength(opening, sign));
    else if (opening === '{%' && this.#match(RAW) !== undefined) this.#raw();
    else {
      const kind = opening === '{%' ? 'block' : 'variable';
      this.#at += openingLength(opening, sign);
      this.#push('begin', kind);
      this.#code(kind);
    }
  }

  /** Removes white space before a tag: all with `-`, that from the start of the line before a block or a comment. */
  #trimmed(text: string, sign: string, isVariable: boolean): string {
    if (sign === '-') return withoutTrailing(text);
    if (sign === '+' || isVariable) return text;
    const start = text.lastIndexOf('\n') + 1;
    if (start === 0 && !this.#lineStarts) return text;
    return withoutTrailing(text.slice(start)) === '' ? text.slice(0, start) : text;
  }

  #skipComment(begin: number): void {
    COMMENT_END.lastIndex = this.#at + begin;
    const found = COMMENT_END.exec(this.#source);
    if (!found) throw this.#error('a comment does not end');
    this.#at = COMMENT_END.lastIndex;
  }

  #raw(): void {
    END_RAW.lastIndex = this.#at;
    const found = END_RAW.exec(this.#source);
    if (!found) throw this.#error('a raw block does not end');
    this.#lineStarts = this.#source[this.#at - 1] === '\n';
    this.#pushText(this.#trimmed(this.#source.slice(this.#at, found.index), found[1] ?? '', false));
    this.#at = END_RAW.lastIndex;
  }

  /** Cuts what is between the delimiters. */
  #code(kind: 'block' | 'variable'): void {
    const open: string[] = [];
    for (;;) {
      if (this.#at >= this.#source.length) throw this.#error(`a ${kind} does not end`);
      if (open.length === 0 && this.#match(ENDS[kind]) !== undefined) {
        this.#push('end', kind);
        return;
      }
      if (this.#match(BLANK) === undefined) this.#token(open);
    }
  }

  #token(open: string[]): void {
    const literal = this.#literal();
    if (literal) this.#push(...literal);
    else this.#push('operator', this.#operator(open));
  }

  #literal(): [type: Token['type'], value: string] | undefined {
    // A number behind a dot is an index: `rows.0.1`.
    const float = this.#source[this.#at - 1] === '.' ? undefined : this.#match(FLOAT);
    if (float !== undefined) return ['float', float];
    const integer = this.#match(INTEGER);
    if (integer !== undefined) return ['integer', integer];
    const name = this.#match(NAME);
    if (name !== undefined) return ['name', name];
    const string = this.#match(STRING);
    return string === undefined ? undefined : ['string', unescapeLiteral(string.slice(1, -1))];
  }

  #operator(open: string[]): string {
    const operator = this.#match(OPERATOR);
    if (operator === undefined) throw this.#error(`"${this.#source[this.#at]}" is unexpected`);
    const closing = PAIRS[operator];
    if (closing !== undefined) open.push(closing);
    else if (')]}'.includes(operator) && open.pop() !== operator)
      throw this.#error(`"${operator}" is unexpected`);
    return operator;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #pushText(text: string): void {
    if (text !== '') this.#push('text', text);
  }

  #push(type: Token['type'], value: string): void {
    for (; this.#lineCountedTo < this.#at; this.#lineCountedTo++)
      if (this.#source[this.#lineCountedTo] === '\n') this.#line += 1;
    this.#tokens.push({ type, value, line: this.#line });
  }

  #error(what: string): TemplateError {
    return new TemplateError(`line ${this.#line}: ${what}`);
  }
}

function openingLength(opening: string, sign: string): number {
  return opening.length + (sign === '-' || sign === '+' ? 1 : 0);
}

const NOT_SPACE = new RegExp(`[^${SPACE}]`);

/** Removes white space at the end; one character at a time, since a pattern would look again from each. */
function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && !NOT_SPACE.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
