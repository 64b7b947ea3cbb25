import type { Expression, Identifier, Pattern, VariableDeclaration } from 'estree';
import { type Cell, keepName, SCOPE, wrap } from './cell.ts';
import type { Placed } from './references.ts';

/** Reports whether a declaration, wherever it is, declares names of the cell's top level. */
export function declaresTop(cell: Cell, node: VariableDeclaration): boolean {
  const parent = cell.parents.get(node);
  if (parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration') return true;
  if (node.kind !== 'var') return false;
  // A `var` in a block or a loop belongs to the nearest function, or else to the top level.
  for (let up: Placed | undefined = parent; up; up = cell.parents.get(up))
    if (/Function|StaticBlock/.test(up.type)) return false;
  return true;
}

/** `let a = 1, { b } = c;` becomes `__scope.a = 1, ({ b: __scope.b } = c);`. */
export function rewriteVariables(cell: Cell, node: Placed<VariableDeclaration>): void {
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
