import type { ImportDeclaration } from 'estree';
import type MagicString from 'magic-string';
import { type Cell, KERNEL, SCOPE, wrap } from './cell.ts';
import type { Placed } from './references.ts';

/** Moves imports before everything else, wherever they are. */
export function moveImportsFirst({ text }: Cell, body: Placed[]): void {
  const first = body.find(({ type }) => type !== 'ImportDeclaration');
  if (!first) return;
  for (const { type, start, end } of body)
    if (type === 'ImportDeclaration' && start > first.start) text.move(start, end, first.start);
}

/** Turns a statement of the top level into one of the cell's function; the value of the last is returned. */
export function rewriteStatement(cell: Cell, statement: Placed, last: boolean): void {
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
