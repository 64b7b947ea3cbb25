import type { Node } from 'estree';
import type { Placed } from './references.ts';

/** Calls `visit` for every node under `root` with its parent, parents first. */
export function walk(root: Node, visit: (node: Placed, parent: Placed | undefined) => void): void {
  const step = (node: Placed, parent: Placed | undefined): void => {
    visit(node, parent);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) {
        for (const child of value) if (isNode(child)) step(child, node);
      } else if (isNode(value)) step(value, node);
    }
  };
  if (isNode(root)) step(root, undefined);
}

function isNode(value: unknown): value is Placed {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
