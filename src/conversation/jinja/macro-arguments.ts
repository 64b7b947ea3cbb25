import type { Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import type { Parameters, Statement } from './nodes.ts';
import type { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';
import { type CallArguments, Series, Undefined } from './values.ts';

/**
 * Sets the parameters of a macro in the scope of its body: what is given, else a default, else undefined. Further
 * arguments go into `varargs` and `kwargs` where the body reads these.
 *
 * @throws {TemplateError} if there are arguments that the macro does not take.
 */
export function macroArguments(
  name: string,
  { names, defaults }: Parameters,
  body: readonly Statement[],
  { positional, named }: CallArguments,
  scope: Scope,
  budget: Budget,
): void {
  const rest = new Map(named);
  for (const [i, parameter] of names.entries()) {
    const byName = rest.get(parameter);
    rest.delete(parameter);
    const given = i < positional.length ? positional[i] : byName;
    if (i < positional.length && byName !== undefined)
      throw new TemplateError(`macro "${name}" has got "${parameter}" twice`);
    const fallback = defaults[i - (names.length - defaults.length)];
    const value = given !== undefined ? given : fallback && evaluate(fallback, scope, budget);
    scope.set(parameter, value === undefined ? new Undefined(`the parameter "${parameter}"`) : value);
  }
  const reads = readsOf(body);
  const caller = rest.get('caller');
  if (reads.has('caller')) {
    rest.delete('caller');
    scope.set('caller', caller === undefined ? new Undefined('"caller"') : caller);
  }
  if (reads.has('varargs')) scope.set('varargs', new Series('tuple', positional.slice(names.length)));
  else if (positional.length > names.length)
    throw new TemplateError(
      `macro "${name}" requires at most ${names.length} arguments, got ${positional.length}`,
    );
  if (reads.has('kwargs')) scope.set('kwargs', rest);
  else if (rest.size > 0) throw new TemplateError(`macro "${name}" has no argument "${[...rest.keys()][0]}"`);
}

/** Names that a macro's body reads, of those that have a meaning of their own there. */
const readNames = new WeakMap<readonly Statement[], ReadonlySet<string>>();

function readsOf(body: readonly Statement[]): ReadonlySet<string> {
  const known = readNames.get(body);
  if (known) return known;
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node && node.type === 'name' && 'name' in node && typeof node.name === 'string')
        found.add(node.name);
      Object.values(node).forEach(visit);
    }
  };
  visit(body);
  readNames.set(body, found);
  return found;
}
