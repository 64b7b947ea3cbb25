import { parseStatements, type Statement } from './python-statements.ts';

/** Reports whether code defines a name at its left margin. */
export function definesName(code: string, name: string): boolean {
  return parseStatements(code).some(({ names }) => names.includes(name));
}

/** Reports whether all definitions of a name are functions without a body of their own: only a docstring or `pass`. */
export function isStub(code: string, name: string): boolean {
  const definitions = parseStatements(code).filter(({ names }) => names.includes(name));
  return definitions.every(({ text }) => {
    const plain = withoutDocstrings(text).replace(/#.*/g, '');
    const body = /^(?:@.*\n)*(?:async\s+)?def\s[\s\S]*?\)\s*(?:->[^:]*)?:([\s\S]*)$/.exec(plain)?.[1];
    return (
      body !== undefined && /^\s*(?:(?:pass|\.\.\.|raise NotImplementedError(?:\(.*\))?)\s*)*$/.test(body)
    );
  });
}

/**
 * Finds the statements of other code that a piece of code needs: definitions of names that it uses and does not define
 * itself, and those that they need.
 *
 * @param others each holds definitions to choose from; earlier ones win.
 */
export function neededStatements(code: string, others: readonly string[]): string[] {
  const available = others.flatMap(parseStatements).filter(isDefinition);
  const needed = new Set<Statement>();
  const pending = [code];
  const known = new Set<string>();
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    for (const name of usedNames(piece)) {
      if (known.has(name) || binds(piece, name)) continue;
      known.add(name);
      const definition = available.find(({ names }) => names.includes(name));
      if (definition === undefined || definesName(code, name)) continue;
      needed.add(definition);
      pending.push(definition.text);
    }
  }
  return available.filter(statement => needed.has(statement)).map(({ text }) => text);
}

/** Reports whether a statement is one that others may rely on: no variable, unless it is a constant by its name. */
function isDefinition({ text, names }: Statement): boolean {
  return (
    /^(?:@|def\b|async\b|class\b|import\b|from\b)/.test(text) ||
    names.some(name => /^[A-Z][A-Z0-9_]*$/.test(name))
  );
}

function usedNames(code: string): Set<string> {
  const plain = withoutDocstrings(code).replace(/#.*/g, '');
  return new Set(plain.match(/(?<![.\w])[A-Za-z_]\w*/g));
}

/** Reports whether code gives a name a value of its own: by assignment, as a parameter, in a loop or by `as`. */
function binds(code: string, name: string): boolean {
  return [
    `\\b${name}\\s*(?::[^=\\n]+)?=(?!=)`,
    `\\bfor\\b[^\\n:]*\\b${name}\\b[^\\n:]*\\bin\\b`,
    `\\bas\\s+${name}\\b`,
    `\\bdef\\s+\\w+\\s*\\((?:[^)]*,)?\\s*\\*{0,2}${name}\\s*[,:=)]`,
    `\\blambda\\b[^:\\n]*\\b${name}\\b`,
  ].some(pattern => new RegExp(pattern).test(code));
}

function withoutDocstrings(code: string): string {
  return code.replace(/"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)/g, '');
}
