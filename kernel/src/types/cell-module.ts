import ts from 'typescript';

/** A name that earlier cells declared: the place of its newest declaration, and whether it may be assigned. */
export interface ScopeName {
  /** Module specifier of the declaring cell. */
  from: string;
  assignable: boolean;
}

/** Names of the notebook's shared scope, each with its newest declaration. */
export type Scope = ReadonlyMap<string, ScopeName>;

/** A cell as a module: what was put before the user's text, and the whole. */
export interface CellModule {
  text: string;
  /** Length of the text before the user's, in UTF-16 code units. */
  offset: number;
}

/**
 * Makes one cell a module that sees `scope`.
 * Names are imported; those that may be assigned are declared with the type they have there, because an
 * import is read-only. Names the cell declares itself are left out: declaring a name again is allowed.
 * Everything is put before the user's text, where no unfinished statement can swallow it.
 */
export function toCellModule(code: string, scope: Scope): CellModule {
  const own = declaredNames(parse(code));
  const imports = new Map<string, string[]>();
  const declarations: string[] = [];
  for (const [name, { from, assignable }] of scope) {
    if (own.has(name)) continue;
    if (assignable) declarations.push(`declare let ${name}: typeof import('${from}').${name};`);
    else imports.set(from, [...(imports.get(from) ?? []), name]);
  }
  const lines = [...imports].map(([from, names]) => `import { ${names.join(', ')} } from '${from}';`);
  const prelude = `${[...lines, ...declarations, 'export {};'].join(' ')}\n`;
  const [open, close] = isObjectLiteral(code) ? ['(', '\n)'] : ['', ''];
  return { text: prelude + open + code + close, offset: prelude.length + open.length };
}

/** Makes the module of a cell that ran: it sees the names it uses, and exports those it declares. */
export function toCommittedModule(code: string, scope: Scope): string {
  const source = parse(code);
  const used = usedNames(source);
  const visible = new Map([...scope].filter(([name]) => used.has(name)));
  const exported = exportedNames(source);
  const names = [...declaredNames(source).keys()].filter(name => !exported.has(name));
  return `${toCellModule(code, visible).text}\nexport { ${names.join(', ')} };\n`;
}

/** Makes a module that exports every name of the scope from the cell that declared it last. */
export function toScopeModule(scope: Scope): string {
  return `${[...scope].map(([name, { from }]) => `export { ${name} } from '${from}';`).join('\n')}\nexport {};\n`;
}

/** Lists the names a cell declares at its top level, each with whether a later cell may assign it. */
export function namesDeclaredBy(code: string): Map<string, boolean> {
  return declaredNames(parse(code));
}

/** `{ a: 1, b }` alone in a cell is run as an object, though a module would read a block. */
function isObjectLiteral(code: string): boolean {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(code)) return false;
  return ts.transpileModule(`(${code}\n)`, { reportDiagnostics: true }).diagnostics?.length === 0;
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ESNext);
}

function declaredNames({ statements }: { statements: Iterable<ts.Statement> }): Map<string, boolean> {
  const names = new Map<string, boolean>();
  const add = (name: ts.Node | undefined, assignable = false): void => {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) {
      // A name that is a variable and a type at once is imported, as only an import brings both.
      if (name.text) names.set(name.text, assignable && names.get(name.text) !== false);
    } else if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name, assignable);
    }
  };
  const addVariables = (list: ts.VariableDeclarationList): void => {
    const assignable = !(list.flags & ts.NodeFlags.Const);
    for (const declaration of list.declarations) add(declaration.name, assignable);
  };
  // `var` belongs to the module however deep in blocks it is; functions and classes keep theirs.
  const addHoisted = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) addVariables(node);
    ts.forEachChild(node, addHoisted);
  };

  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) addVariables(statement.declarationList);
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      add(name);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings.name);
      else for (const element of namedBindings?.elements ?? []) add(element.name);
    } else if (isNamedDeclaration(statement)) add(statement.name);
    else addHoisted(statement);
  }
  return names;
}

function isNamedDeclaration(statement: ts.Statement): statement is ts.Statement & ts.NamedDeclaration {
  if (ts.isModuleDeclaration(statement)) return !(statement.flags & ts.NodeFlags.GlobalAugmentation);
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement)
  );
}

/** Lists names the user exports; exporting them again would be an error. */
function exportedNames({ statements }: ts.SourceFile): Set<string> {
  const exports = statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [],
    );
  const declared = declaredNames({ statements: statements.filter(isExportedByName) });
  return new Set([...exports, ...declared.keys()]);
}

function isExportedByName(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const kinds = modifiers?.map(({ kind }) => kind) ?? [];
  return kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DefaultKeyword);
}

function usedNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
