import type { Node } from 'estree';
import { type Cell, KERNEL, SCOPE } from './cell.ts';
import type { BindingKind, Mention, Placed } from './references.ts';

/** Turns the mention of a name of the top level into one of the shared scope's member. */
export function rewriteMention(cell: Cell, { name, at, write, own }: Mention): void {
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
