import type {
  Expression,
  Identifier,
  ImportDeclaration,
  Node,
  Pattern,
  Program,
  VariableDeclaration,
} from 'estree';
import MagicString from 'magic-string';
import { type BindingKind, findMentions, type Mention, type Placed } from './references.ts';
import { walk } from './walk.ts';

/** The identifiers under which the cell's code finds the shared scope and the kernel's helpers. */
export const SCOPE = '__scope';
export const KERNEL = '__kernel';

/** The name of the function that wraps a cell, as it shows in stacks. */
export const CELL_FUNCTION = '__cell';

/** Names of earlier cells that the rewriter must know. */
export interface KnownNames {
  /** Reports whether an earlier cell declared the name. */
  has(name: string): boolean;
  /** Reports whether the name may not be assigned to. */
  isConstant(name: string): boolean;
  /** Reports whether the name is a global of the runtime. */
  isGlobal(name: string): boolean;
}

/** A cell's JavaScript: the expression of an async function of `__scope` and `__kernel`. */
export interface RewrittenCell {
  text: MagicString;
  declared: Map<string, BindingKind>;
}

/**
 * Turns a module's top level into the body of an async function whose top-level names are members of the
 * shared scope, so that closures of every cell see later assignments and a name can be declared again.
 * The value of a last expression is returned as `{ value }`.
 */
export function rewriteCell(code: string, program: Program, known: KnownNames): RewrittenCell {
  const text = new MagicString(code);
  const { declared, mentions } = findMentions(program);
  const parents = new Map<Node, Placed>();
  walk(program, (node, parent) => {
    if (parent) parents.set(node, parent);
    if (node.type === 'ImportExpression') text.update(node.start, node.start + 6, `${KERNEL}.import`);
    if (node.type === 'MetaProperty' && node.meta.name === 'import')
      text.update(node.start, node.end, `${KERNEL}.meta`);
  });
  const cell: Cell = { text, known, declared, parents, hoisted: [], untouched: new Set(), enums: new Set() };
  const body = program.body as Placed[];
  moveImportsFirst(cell, body);
  for (const statement of body) rewriteStatement(cell, statement, statement === body.at(-1));
  const mentioned = new Set<Node>(mentions.map(({ at }) => at));
  walk(program, node => {
    if (node.type === 'VariableDeclaration' && declaresTop(cell, node)) rewriteVariables(cell, node);
    if (node.type === 'AssignmentExpression' && node.operator === '=' && node.left.type === 'Identifier')
      if (mentioned.has(node.left)) keepName(text, node.left, node.right);
  });
  for (const mention of mentions) rewriteMention(cell, mention);
  text.prepend(
    `(async function ${CELL_FUNCTION}(${SCOPE}, ${KERNEL}) { "use strict"; ${cell.hoisted.join(' ')}\n`,
  );
  text.append('\n})');
  return { text, declared };
}

interface Cell {
  text: MagicString;
  known: KnownNames;
  declared: Map<string, BindingKind>;
  parents: Map<Node, Placed>;
  /** Statements run before the cell: functions are in the scope from the start. */
  hoisted: string[];
  /** Identifiers that stay as they are. */
  untouched: Set<Node>;
  /** Names of the enums met so far. */
  enums: Set<string>;
}

/** Moves imports before everything else, wherever they are. */
function moveImportsFirst({ text }: Cell, body: Placed[]): void {
  const first = body.find(({ type }) => type !== 'ImportDeclaration');
  if (!first) return;
  for (const { type, start, end } of body)
    if (type === 'ImportDeclaration' && start > first.start) text.move(start, end, first.start);
}

function rewriteStatement(cell: Cell, statement: Placed, last: boolean): void {
  const { text } = cell;
  switch (statement.type) {
    case 'ImportDeclaration':
      text.update(statement.start, statement.end, importCode(statement));
      return;
    case 'ExportNamedDeclaration':
      if (statement.declaration) {
        const declaration = statement.declaration as Placed;
        text.remove(statement.start, declaration.start);
        rewriteStatement(cell, declaration, last);
      } else {
        for (const { local } of statement.specifiers) cell.untouched.add(local);
        const source = statement.source?.raw;
        text.update(statement.start, statement.end, source ? `await ${KERNEL}.load(${source}, []);` : ';');
      }
      return;
    case 'ExportAllDeclaration':
      text.update(statement.start, statement.end, `await ${KERNEL}.load(${statement.source.raw}, []);`);
      return;
    case 'ExportDefaultDeclaration': {
      const declaration = statement.declaration as Placed;
      const [keywords = ''] = EXPORT_DEFAULT.exec(text.original.slice(statement.start)) ?? [];
      text.remove(statement.start, statement.start + keywords.length);
      const value = { ...statement, start: statement.start + keywords.length };
      if (isNamed(declaration)) rewriteStatement(cell, declaration, last);
      else if (last) returnValue(text, value);
      else if (isDeclaration(declaration)) wrap(text, declaration, '(', ');');
      return;
    }
    case 'FunctionDeclaration':
      cell.hoisted.push(`${SCOPE}.${statement.id.name} = ${statement.id.name};`);
      return;
    case 'ClassDeclaration':
      wrap(text, statement, `${SCOPE}.${statement.id.name} = `, ';');
      return;
    case 'ExpressionStatement':
      if (last) returnValue(text, statement);
      return;
  }
}

const EXPORT_DEFAULT = /^export\s+default\s*/;

function isDeclaration(node: Placed): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration';
}

/** Reports whether the node declares a name; only after `export default` may a declaration lack one. */
function isNamed(node: Placed): boolean {
  return isDeclaration(node) && 'id' in node && node.id !== null;
}

/** Makes an expression statement, which may be in parentheses, the cell's value. */
function returnValue(text: MagicString, statement: Placed): void {
  const { end } = statement;
  if (text.original[end - 1] === ';') text.remove(end - 1, end);
  wrap(text, statement, 'return { value: (', ') };');
}

/** `import d, { a as b } from "m"` becomes a call that defines `d` and `b` in the scope as live bindings. */
function importCode({ specifiers, source, attributes }: ImportDeclaration): string {
  const names = specifiers.map(specifier => {
    if (specifier.type === 'ImportNamespaceSpecifier') return [specifier.local.name, '*'];
    if (specifier.type === 'ImportDefaultSpecifier') return [specifier.local.name, 'default'];
    const { imported } = specifier;
    return [specifier.local.name, imported.type === 'Identifier' ? imported.name : String(imported.value)];
  });
  const options = attributes.map(({ key, value }) => [
    key.type === 'Identifier' ? key.name : key.value,
    value.value,
  ]);
  const more = options.length > 0 ? `, ${JSON.stringify({ with: Object.fromEntries(options) })}` : '';
  return `await ${KERNEL}.load(${source.raw}, ${JSON.stringify(names)}${more});`;
}

/** Reports whether a declaration, wherever it is, declares names of the cell's top level. */
function declaresTop(cell: Cell, node: VariableDeclaration): boolean {
  const parent = cell.parents.get(node);
  if (parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration') return true;
  if (node.kind !== 'var') return false;
  // A `var` in a block or a loop belongs to the nearest function, or else to the top level.
  for (let up: Placed | undefined = parent; up; up = cell.parents.get(up))
    if (/Function|StaticBlock/.test(up.type)) return false;
  return true;
}

/** `let a = 1, { b } = c;` becomes `__scope.a = 1, ({ b: __scope.b } = c);`. */
function rewriteVariables(cell: Cell, node: Placed<VariableDeclaration>): void {
  const { text } = cell;
  const declarators = node.declarations as Placed<VariableDeclaration['declarations'][number]>[];
  const [first] = declarators;
  if (!first) return;
  if (node.kind.endsWith('using')) {
    for (const { id } of declarators) {
      cell.untouched.add(id);
      if (id.type === 'Identifier') text.appendLeft(node.end, ` ${SCOPE}.${id.name} = ${id.name};`);
    }
    return;
  }
  text.remove(node.start, first.start);
  const parent = cell.parents.get(node);
  if ((parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement') && parent.left === node)
    return;
  for (const declarator of declarators) {
    const id = declarator.id as Placed<Pattern>;
    if (id.type !== 'Identifier') wrap(text, declarator, '(', ')');
    else if (declarator.init) {
      freshEnum(cell, id, declarator.init);
      keepName(text, id, declarator.init);
    } else if (node.kind === 'var') text.update(id.start, id.end, 'void 0');
    else text.update(id.start, id.end, `${SCOPE}.${id.name} = void 0`);
  }
}

/**
 * Separates an enum of a cell from that of an earlier one: a transpiled enum extends the one of that name, `E || {}`,
 * but the first in a cell must not.
 */
function freshEnum(cell: Cell, id: Identifier, init: Expression): void {
  const argument = init.type === 'CallExpression' ? init.arguments[0] : undefined;
  if (argument?.type !== 'LogicalExpression' || argument.operator !== '||') return;
  const { left, right } = argument;
  if (left.type !== 'Identifier' || left.name !== id.name || right.type !== 'ObjectExpression') return;
  if (cell.enums.has(id.name)) return;
  cell.enums.add(id.name);
  cell.untouched.add(left);
  const { start, end } = argument as Placed;
  cell.text.update(start, end, '{}');
}

/** Names a function that is assigned to a member, which has no name of its own, after the variable. */
function keepName(text: MagicString, id: Identifier, value: Expression): void {
  const anonymous =
    value.type === 'ArrowFunctionExpression' ||
    ((value.type === 'FunctionExpression' || value.type === 'ClassExpression') && !value.id);
  if (anonymous && id.name !== '__proto__') wrap(text, value as Placed, `({ ${id.name}: `, ` }).${id.name}`);
}

function rewriteMention(cell: Cell, { name, at, write, own }: Mention): void {
  const { text, known, declared, parents } = cell;
  if (cell.untouched.has(at) || name === 'arguments') return;
  if (!own && !known.has(name) && known.isGlobal(name)) return;
  const parent = parents.get(at);
  const constant = own ? isConstantKind(declared.get(name)) : known.isConstant(name);
  const initial = parent && isInitial(cell, at);
  let code = `${SCOPE}.${name}`;
  if (write && constant && !initial) code = `${KERNEL}.constant("${name}").${name}`;
  else if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof' && !own)
    code = `${KERNEL}.peek("${name}")`;
  else if (
    (parent?.type === 'CallExpression' && parent.callee === at) ||
    (parent?.type === 'TaggedTemplateExpression' && parent.tag === at)
  )
    code = `(0, ${code})`;
  text.update(at.start, at.end, isShorthand(parents, at) ? `${name}: ${code}` : code);
}

function isConstantKind(kind: BindingKind | undefined): boolean {
  return kind === 'const' || kind === 'import' || kind === 'using';
}

/** Reports whether a write is the declaration itself: the identifier is in a declarator's pattern. */
function isInitial({ parents }: Cell, at: Node): boolean {
  let child = at;
  for (let up = parents.get(at); up; up = parents.get(up)) {
    if (up.type === 'VariableDeclarator') return up.id === child;
    if (!/Pattern|Property|RestElement/.test(up.type)) return false;
    child = up;
  }
  return false;
}

function isShorthand(parents: Map<Node, Placed>, at: Node): boolean {
  let parent = parents.get(at);
  let value = at;
  if (parent?.type === 'AssignmentPattern' && parent.left === at) {
    value = parent;
    parent = parents.get(parent);
  }
  return parent?.type === 'Property' && parent.shorthand && parent.value === value;
}

function wrap(text: MagicString, { start, end }: Placed, before: string, after: string): void {
  text.prependRight(start, before);
  text.appendLeft(end, after);
}
