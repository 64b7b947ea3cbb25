import type { Expression, Identifier, Node } from 'estree';
import type MagicString from 'magic-string';
import type { BindingKind, Placed } from './references.ts';

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

/** A cell while it is rewritten. */
export interface Cell {
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

/** Names a function that is assigned to a member, which has no name of its own, after the variable. */
export function keepName(text: MagicString, id: Identifier, value: Expression): void {
  const anonymous =
    value.type === 'ArrowFunctionExpression' ||
    ((value.type === 'FunctionExpression' || value.type === 'ClassExpression') && !value.id);
  if (anonymous && id.name !== '__proto__') wrap(text, value as Placed, `({ ${id.name}: `, ` }).${id.name}`);
}

/** Puts code around a node. */
export function wrap(text: MagicString, { start, end }: Placed, before: string, after: string): void {
  text.prependRight(start, before);
  text.appendLeft(end, after);
}
