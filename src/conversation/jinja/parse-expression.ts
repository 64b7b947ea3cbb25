import type { Arguments, BinaryOperator, Comparison, Expression } from './nodes.ts';
import type { TokenStream } from './token-stream.ts';

const COMPARISONS: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>='];
const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};
const NO_ARGUMENTS: Arguments = { positional: [], named: [] };

/**
 * Parses an expression, by Jinja2's precedence of operators.
 *
 * @param conditional whether `a if b else c` is one: it is not in what a `for` goes through.
 * @throws {TemplateError} naming the line, if the tokens are no expression.
 */
export function parseExpression(stream: TokenStream, conditional = true): Expression {
  return conditional ? parseConditional(stream) : parseOr(stream);
}

/** Parses one expression, or several between commas as a tuple. */
export function parseTuple(stream: TokenStream, conditional = true): Expression {
  const first = parseExpression(stream, conditional);
  if (!stream.is('operator', ',')) return first;
  const items = [first];
  while (stream.skip('operator', ',')) {
    if (endsTuple(stream)) break;
    items.push(parseExpression(stream, conditional));
  }
  return { type: 'tuple', items };
}

function endsTuple(stream: TokenStream): boolean {
  const { type, value } = stream.current;
  if (type === 'end' || type === 'eof') return true;
  return (type === 'operator' && (value === ')' || value === '=')) || (type === 'name' && value === 'in');
}

function parseConditional(stream: TokenStream): Expression {
  let value = parseOr(stream);
  while (stream.skip('name', 'if')) {
    const test = parseOr(stream);
    const otherwise = stream.skip('name', 'else') ? parseConditional(stream) : undefined;
    value = { type: 'conditional', test, value, ...(otherwise && { otherwise }) };
  }
  return value;
}

function parseOr(stream: TokenStream): Expression {
  let left = parseAnd(stream);
  while (stream.skip('name', 'or')) left = { type: 'logical', operator: 'or', left, right: parseAnd(stream) };
  return left;
}

function parseAnd(stream: TokenStream): Expression {
  let left = parseNot(stream);
  while (stream.skip('name', 'and'))
    left = { type: 'logical', operator: 'and', left, right: parseNot(stream) };
  return left;
}

function parseNot(stream: TokenStream): Expression {
  if (stream.skip('name', 'not')) return { type: 'unary', operator: 'not', operand: parseNot(stream) };
  return parseCompare(stream);
}

function parseCompare(stream: TokenStream): Expression {
  const first = parseSum(stream);
  const rest: { operator: Comparison; right: Expression }[] = [];
  for (let operator = comparison(stream); operator; operator = comparison(stream)) {
    rest.push({ operator, right: parseSum(stream) });
  }
  return rest.length === 0 ? first : { type: 'compare', first, rest };
}

function comparison(stream: TokenStream): Comparison | undefined {
  if (stream.skip('name', 'in')) return 'in';
  const { type, value } = stream.following;
  if (stream.is('name', 'not') && type === 'name' && value === 'in') {
    stream.next();
    stream.next();
    return 'not in';
  }
  const found = stream.is('operator') && COMPARISONS.find(operator => operator === stream.current.value);
  if (!found) return undefined;
  stream.next();
  return found;
}

function parseSum(stream: TokenStream): Expression {
  return parseBinary(stream, ['+', '-'], parseConcat);
}

function parseConcat(stream: TokenStream): Expression {
  const first = parseProduct(stream);
  if (!stream.is('operator', '~')) return first;
  const parts = [first];
  while (stream.skip('operator', '~')) parts.push(parseProduct(stream));
  return { type: 'concat', parts };
}

function parseProduct(stream: TokenStream): Expression {
  return parseBinary(stream, ['*', '/', '//', '%'], parsePower);
}

function parsePower(stream: TokenStream): Expression {
  return parseBinary(stream, ['**'], parseUnary);
}

function parseBinary(
  stream: TokenStream,
  operators: readonly BinaryOperator[],
  operand: (stream: TokenStream) => Expression,
): Expression {
  let left = operand(stream);
  for (;;) {
    const operator = stream.is('operator') && operators.find(name => name === stream.current.value);
    if (!operator) return left;
    stream.next();
    left = { type: 'binary', operator, left, right: operand(stream) };
  }
}

function parseUnary(stream: TokenStream): Expression {
  return parseFilters(stream, parseSigned(stream));
}

function parseSigned(stream: TokenStream): Expression {
  for (const operator of ['-', '+'] as const) {
    if (stream.skip('operator', operator))
      return parsePostfix(stream, { type: 'unary', operator, operand: parseSigned(stream) });
  }
  return parsePostfix(stream, parsePrimary(stream));
}

function parsePrimary(stream: TokenStream): Expression {
  const { type, value } = stream.next();
  if (type === 'name') {
    const constant = Object.hasOwn(CONSTANTS, value) ? CONSTANTS[value] : undefined;
    return constant === undefined ? { type: 'name', name: value } : { type: 'constant', value: constant };
  }
  if (type === 'string') {
    let text = value;
    while (stream.is('string')) text += stream.next().value;
    return { type: 'constant', value: text };
  }
  if (type === 'integer') return { type: 'constant', value: integer(stream, value) };
  if (type === 'float') return { type: 'float', value: Number(value.replaceAll('_', '')) };
  if (type === 'operator' && value === '(') return parseParenthesised(stream);
  if (type === 'operator' && value === '[') return { type: 'list', items: parseItems(stream, ']') };
  if (type === 'operator' && value === '{') return parseDict(stream);
  throw stream.error(`${value || type} is unexpected`);
}

function integer(stream: TokenStream, text: string): number {
  const value = Number(text.replaceAll('_', '').toLowerCase());
  if (Number.isSafeInteger(value)) return value;
  throw stream.error(`a whole number must be below 2^53, got ${text}`);
}

function parseParenthesised(stream: TokenStream): Expression {
  if (stream.skip('operator', ')')) return { type: 'tuple', items: [] };
  const value = parseTuple(stream);
  stream.expect('operator', ')');
  return value;
}

function parseItems(stream: TokenStream, closing: string): Expression[] {
  const items: Expression[] = [];
  while (!stream.skip('operator', closing)) {
    if (items.length > 0) stream.expect('operator', ',');
    if (stream.skip('operator', closing)) break;
    items.push(parseExpression(stream));
  }
  return items;
}

function parseDict(stream: TokenStream): Expression {
  const entries: [Expression, Expression][] = [];
  while (!stream.skip('operator', '}')) {
    if (entries.length > 0) stream.expect('operator', ',');
    if (stream.skip('operator', '}')) break;
    const key = parseExpression(stream);
    stream.expect('operator', ':');
    entries.push([key, parseExpression(stream)]);
  }
  return { type: 'dict', entries };
}

function parsePostfix(stream: TokenStream, start: Expression): Expression {
  let object = start;
  for (;;) {
    if (stream.skip('operator', '.')) object = parseMember(stream, object);
    else if (stream.skip('operator', '[')) object = parseSubscript(stream, object);
    else if (stream.is('operator', '('))
      object = { type: 'call', callee: object, args: parseArguments(stream) };
    else return object;
  }
}

function parseMember(stream: TokenStream, object: Expression): Expression {
  const { type, value } = stream.next();
  if (type === 'name') return { type: 'attribute', object, name: value };
  if (type === 'integer') return { type: 'item', object, key: { type: 'constant', value: Number(value) } };
  throw stream.error(`a name or a number is expected behind a dot, found ${value || type}`);
}

function parseSubscript(stream: TokenStream, object: Expression): Expression {
  const bound = () =>
    stream.is('operator', ':') || stream.is('operator', ']') ? undefined : parseExpression(stream);
  const start = bound();
  if (!stream.skip('operator', ':')) {
    if (!start) throw stream.error('an index is expected');
    stream.expect('operator', ']');
    return { type: 'item', object, key: start };
  }
  const stop = bound();
  const step = stream.skip('operator', ':') ? bound() : undefined;
  stream.expect('operator', ']');
  return { type: 'slice', object, ...(start && { start }), ...(stop && { stop }), ...(step && { step }) };
}

/** Parses the arguments of a call, from its opening parenthesis on. */
export function parseArguments(stream: TokenStream): Arguments {
  stream.expect('operator', '(');
  const positional: Expression[] = [];
  const named: { name: string; value: Expression }[] = [];
  const spreads: { spread?: Expression; namedSpread?: Expression } = {};
  for (let first = true; !stream.skip('operator', ')'); first = false) {
    if (!first) {
      stream.expect('operator', ',');
      if (stream.skip('operator', ')')) break;
    }
    const { type, value } = stream.following;
    if (stream.skip('operator', '**')) spreads.namedSpread = parseExpression(stream);
    else if (stream.skip('operator', '*')) spreads.spread = parseExpression(stream);
    else if (stream.is('name') && type === 'operator' && value === '=') {
      const name = stream.next().value;
      stream.next();
      named.push({ name, value: parseExpression(stream) });
    } else if (named.length > 0 || spreads.spread || spreads.namedSpread) {
      throw stream.error('an argument without a name must come before those with one');
    } else positional.push(parseExpression(stream));
  }
  return { positional, named, ...spreads };
}

function parseFilters(stream: TokenStream, start: Expression): Expression {
  let input = start;
  for (;;) {
    if (stream.skip('operator', '|')) input = { type: 'filter', input, ...parseFilterUse(stream) };
    else if (stream.skip('name', 'is')) input = parseTest(stream, input);
    else if (stream.is('operator', '('))
      input = { type: 'call', callee: input, args: parseArguments(stream) };
    else return input;
  }
}

/** Parses the name of a filter and its arguments. */
export function parseFilterUse(stream: TokenStream): { name: string; args: Arguments } {
  const name = dottedName(stream);
  return { name, args: stream.is('operator', '(') ? parseArguments(stream) : NO_ARGUMENTS };
}

function parseTest(stream: TokenStream, input: Expression): Expression {
  const negated = stream.skip('name', 'not');
  const name = dottedName(stream);
  const test: Expression = { type: 'test', input, name, args: testArguments(stream) };
  return negated ? { type: 'unary', operator: 'not', operand: test } : test;
}

function testArguments(stream: TokenStream): Arguments {
  if (stream.is('operator', '(')) return parseArguments(stream);
  const { type, value } = stream.current;
  const begins =
    (type === 'name' && !['else', 'or', 'and', 'is'].includes(value)) ||
    ['string', 'integer', 'float'].includes(type) ||
    (type === 'operator' && ['[', '{'].includes(value));
  if (stream.is('name', 'is')) throw stream.error('tests cannot be chained with "is"');
  return begins ? { positional: [parsePostfix(stream, parsePrimary(stream))], named: [] } : NO_ARGUMENTS;
}

function dottedName(stream: TokenStream): string {
  let name = stream.expect('name').value;
  while (stream.skip('operator', '.')) name += `.${stream.expect('name').value}`;
  return name;
}
