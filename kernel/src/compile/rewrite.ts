import type { Node, Program } from 'estree';
import MagicString from 'magic-string';
import { CELL_FUNCTION, type Cell, KERNEL, type KnownNames, keepName, SCOPE } from './cell.ts';
import { type BindingKind, findMentions, type Placed } from './references.ts';
import { rewriteMention } from './rewrite-mention.ts';
import { moveImportsFirst, rewriteStatement } from './rewrite-statement.ts';
import { declaresTop, rewriteVariables } from './rewrite-variables.ts';
import { walk } from './walk.ts';

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
