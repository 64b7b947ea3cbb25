import { tokenize } from './lexer.ts';
import type { Expression, FilterUse, ForStatement, Parameters, Statement, Target } from './nodes.ts';
import { parseExpression, parseFilterUse, parseTuple } from './parse-expression.ts';
import { TemplateError, unsupported } from './template-error.ts';
import { TokenStream } from './token-stream.ts';

/** Statements of Jinja that read other templates or change how this one is written; no chat template needs them. */
const UNSUPPORTED = ['include', 'import', 'from', 'extends', 'block', 'autoescape', 'do', 'trans', 'debug'];

/** Most UTF-16 units of a template; the longest known has 30,000. */
const MOST_UNITS = 1_000_000;

/** Most blocks in one another; Python compiles 20 loops. */
const MOST_BLOCKS = 40;

/** Statements of a template. */
export interface ParsedTemplate {
  body: readonly Statement[];
  /** True if it marks what the assistant says by `{% generation %}`. */
  marksGenerations: boolean;
}

/**
 * Parses a template with `trim_blocks`, `lstrip_blocks`, loop controls and Transformers' `generation` blocks.
 *
 * @throws {TemplateError} naming the line, if it is no template, or uses a statement that is not supported.
 */
export function parseTemplate(template: string): ParsedTemplate {
  if (template.length > MOST_UNITS)
    throw new TemplateError(
      `a template must have at most ${MOST_UNITS} characters, it has ${template.length}`,
    );
  const tokens = tokenize(template);
  const stream = new TokenStream(tokens);
  const body = parseBody(stream, []);
  stream.expect('eof');
  const marksGenerations = tokens.some(
    ({ type, value }, i) => type === 'name' && value === 'generation' && tokens[i - 1]?.type === 'begin',
  );
  return { body, marksGenerations };
}

/** Parses statements up to a block that begins with one of these names, whose name is not taken. */
function parseBody(stream: TokenStream, ends: readonly string[]): Statement[] {
  const body: Statement[] = [];
  for (;;) {
    if (stream.is('text')) body.push({ type: 'text', text: stream.next().value });
    else if (stream.skip('begin', 'variable')) {
      body.push({ type: 'output', value: parseTuple(stream) });
      stream.expect('end', 'variable');
    } else if (stream.skip('begin', 'block')) {
      if (stream.is('name') && ends.includes(stream.current.value)) return body;
      const name = stream.expect('name').value;
      const parse = Object.hasOwn(STATEMENTS, name) ? STATEMENTS[name] : undefined;
      if (!parse) {
        throw UNSUPPORTED.includes(name)
          ? unsupported(`the statement "${name}"`)
          : stream.error(`the statement "${name}" is unknown`);
      }
      body.push(stream.nested(MOST_BLOCKS, () => parse(stream)));
      stream.expect('end', 'block');
    } else if (ends.length > 0) throw stream.error(`${ends.join(' or ')} is expected, found the end`);
    else return body;
  }
}

/** Parses the rest of a block's opening, its body and the name of its end. */
function parseBlock(stream: TokenStream, end: string): Statement[] {
  stream.expect('end', 'block');
  const body = parseBody(stream, [end]);
  stream.expect('name', end);
  return body;
}

const STATEMENTS: Readonly<Record<string, (stream: TokenStream) => Statement>> = {
  if: parseIf,
  for: parseFor,
  set: parseSet,
  macro: stream => {
    const name = stream.expect('name').value;
    const parameters = parseParameters(stream);
    return { type: 'macro', name, parameters, body: parseBlock(stream, 'endmacro') };
  },
  call: stream => {
    const parameters = stream.is('operator', '(') ? parseParameters(stream) : { names: [], defaults: [] };
    const call = parseExpression(stream);
    if (call.type !== 'call') throw stream.error('a call is expected');
    return { type: 'callBlock', parameters, call, body: parseBlock(stream, 'endcall') };
  },
  filter: stream => {
    const filters = [parseFilterUse(stream), ...parseFilterChain(stream)];
    return { type: 'filterBlock', filters, body: parseBlock(stream, 'endfilter') };
  },
  with: parseWith,
  generation: stream => ({ type: 'generation', body: parseBlock(stream, 'endgeneration') }),
  break: () => ({ type: 'break' }),
  continue: () => ({ type: 'continue' }),
};

function parseIf(stream: TokenStream): Statement {
  const branches: { test: Expression; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  do {
    const test = parseTuple(stream, false);
    stream.expect('end', 'block');
    branches.push({ test, body: parseBody(stream, ['elif', 'else', 'endif']) });
  } while (stream.skip('name', 'elif'));
  if (stream.skip('name', 'else')) {
    stream.expect('end', 'block');
    otherwise = parseBody(stream, ['endif']);
  }
  stream.expect('name', 'endif');
  return { type: 'if', branches, otherwise };
}

function parseFor(stream: TokenStream): ForStatement {
  const target = parseTarget(stream, false);
  stream.expect('name', 'in');
  const over = parseTuple(stream, false);
  const condition = stream.skip('name', 'if') ? parseExpression(stream) : undefined;
  const recursive = stream.skip('name', 'recursive');
  stream.expect('end', 'block');
  const body = parseBody(stream, ['endfor', 'else']);
  let otherwise: Statement[] = [];
  if (stream.skip('name', 'else')) {
    stream.expect('end', 'block');
    otherwise = parseBody(stream, ['endfor']);
  }
  stream.expect('name', 'endfor');
  return { type: 'for', target, over, ...(condition && { condition }), recursive, body, otherwise };
}

function parseSet(stream: TokenStream): Statement {
  const target = parseTarget(stream, true);
  if (stream.skip('operator', '=')) return { type: 'set', target, value: parseTuple(stream) };
  const filters = parseFilterChain(stream);
  return { type: 'capture', target, filters, body: parseBlock(stream, 'endset') };
}

function parseWith(stream: TokenStream): Statement {
  const bindings: { target: Target; value: Expression }[] = [];
  while (!stream.is('end', 'block')) {
    if (bindings.length > 0) stream.expect('operator', ',');
    const target = parseTargetItem(stream, false);
    stream.expect('operator', '=');
    bindings.push({ target, value: parseExpression(stream) });
  }
  return { type: 'with', bindings, body: parseBlock(stream, 'endwith') };
}

function parseTarget(stream: TokenStream, attributes: boolean): Target {
  const first = parseTargetItem(stream, attributes);
  if (!stream.is('operator', ',')) return first;
  const targets = [first];
  while (
    stream.skip('operator', ',') &&
    (stream.is('name') || stream.is('operator', '(')) &&
    !stream.is('name', 'in')
  )
    targets.push(parseTargetItem(stream, attributes));
  return { type: 'tuple', targets };
}

function parseTargetItem(stream: TokenStream, attributes: boolean): Target {
  if (stream.skip('operator', '(')) {
    const target = parseTarget(stream, attributes);
    stream.expect('operator', ')');
    return target;
  }
  const name = stream.expect('name').value;
  if (attributes && stream.skip('operator', '.'))
    return { type: 'attribute', object: name, name: stream.expect('name').value };
  return { type: 'name', name };
}

function parseParameters(stream: TokenStream): Parameters {
  const names: string[] = [];
  const defaults: Expression[] = [];
  stream.expect('operator', '(');
  while (!stream.skip('operator', ')')) {
    if (names.length > 0) stream.expect('operator', ',');
    names.push(stream.expect('name').value);
    if (stream.skip('operator', '=')) defaults.push(parseExpression(stream));
    else if (defaults.length > 0)
      throw stream.error('a parameter without a default must come before those with one');
  }
  return { names, defaults };
}

/** Parses filters behind `|`. */
function parseFilterChain(stream: TokenStream): FilterUse[] {
  const filters: FilterUse[] = [];
  while (stream.skip('operator', '|')) filters.push(parseFilterUse(stream));
  return filters;
}
