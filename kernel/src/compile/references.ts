import { analyze, type Reference, type Variable } from 'eslint-scope';
import type { Identifier, Node, Program } from 'estree';

/** A node with its place in the text, UTF-16 offsets. */
export type Placed<T extends Node = Node> = T & { start: number; end: number };

/** One mention of a name that belongs to the cell's top level, or to no scope of the cell at all. */
export interface Mention {
  name: string;
  at: Placed<Identifier>;
  write: boolean;
  /** Declared at the top level of this cell. */
  own: boolean;
}

/** Declaration of a top-level name. */
export type BindingKind = 'var' | 'let' | 'const' | 'function' | 'class' | 'import' | 'using';

/** Finds the names a cell declares at its top level, and every place that mentions one of them or a free name. */
export function findMentions(program: Program): { declared: Map<string, BindingKind>; mentions: Mention[] } {
  const manager = analyze(program as never, {
    ecmaVersion: 2024,
    sourceType: 'module',
    fallback: 'iteration',
  });
  const global = manager.globalScope;
  const top = global?.childScopes[0];
  const declared = new Map<string, BindingKind>();
  const mentions: Mention[] = [];
  const mention = (reference: Reference, own: boolean): void => {
    const at = reference.identifier as Placed<Identifier>;
    mentions.push({ name: at.name, at, write: reference.isWrite(), own });
  };
  for (const variable of top?.variables ?? []) {
    const kind = kindOf(variable);
    if (!kind) continue;
    declared.set(variable.name, kind);
    for (const reference of variable.references) mention(reference, true);
  }
  for (const reference of global?.through ?? []) mention(reference, false);
  return { declared, mentions: unique(mentions) };
}

function kindOf(variable: Variable): BindingKind | undefined {
  const [definition] = variable.defs;
  if (!definition) return undefined;
  switch (definition.type) {
    case 'FunctionName':
      return 'function';
    case 'ClassName':
      return 'class';
    case 'ImportBinding':
      return 'import';
    default: {
      const kind = (definition.parent as { kind?: string } | null)?.kind ?? 'let';
      return kind.endsWith('using') ? 'using' : (kind as BindingKind);
    }
  }
}

/** Removes the second mention of a destructured name with a default, which has two at one place; a write wins. */
function unique(mentions: Mention[]): Mention[] {
  const byStart = new Map<number, Mention>();
  for (const mention of mentions) {
    const known = byStart.get(mention.at.start);
    if (!known || mention.write) byStart.set(mention.at.start, mention);
  }
  return [...byStart.values()];
}
