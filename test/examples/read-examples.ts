import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '../..');

/** Folders whose doc comments are read. */
const SOURCES = ['src', 'kernel/src', 'extension/src'];

/** The `@example` of a doc comment. */
export interface Example {
  /** Such as `src/text/rouge.ts:39`. */
  at: string;
  /** File of the comment, relative to the repository. */
  file: string;
  code: string;
  /** Names that the reader has, as `// Given a, b.` lists them. */
  given: readonly string[];
  /** Requirements, as `// Needs REASON.` states them. */
  needs: string | undefined;
}

/** Reads the examples of all doc comments. */
export function readExamples(): Example[] {
  return SOURCES.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .sort()
      .flatMap(name => examplesOf(join(folder, name))),
  );
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^ *\* @example\n((?: *\*(?! @|\/).*\n)+)/gm)].map(({ 1: block = '', index }) => {
    const code = block.replaceAll(/^ *\* ?/gm, '');
    return {
      at: `${file}:${text.slice(0, index).split('\n').length}`,
      file,
      code,
      given: /^\/\/ Given ([\w, ]+)\.$/m.exec(code)?.[1]?.split(', ') ?? [],
      needs: /^\/\/ Needs ([^\n]+)\.$/m.exec(code)?.[1],
    };
  });
}

/** Options by which examples are compiled. */
export const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  allowImportingTsExtensions: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

const manifest: { exports: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

/** Source files of the package's entry points, the root's first. */
const ENTRIES: readonly string[] = Object.values(manifest.exports)
  .filter(file => file.endsWith('.js'))
  .map(file => file.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts'));

/** Index files of the folders of `src`, some of which are no entry points. */
const INDEXES = readdirSync(join(ROOT, 'src'))
  .map(folder => `src/${folder}/index.ts`)
  .filter(file => existsSync(join(ROOT, file)));

/** Files whose exports examples use: the entry points, then folders that are none. */
export const EXPORTING: readonly string[] = [...new Set([...ENTRIES, ...INDEXES])];

/** The exports of each of {@link EXPORTING}. */
export function readExports(program: ts.Program): Map<string, ts.Symbol[]> {
  const checker = program.getTypeChecker();
  return new Map(
    EXPORTING.map(entry => {
      const source = program.getSourceFile(join(ROOT, entry));
      const module = source && checker.getSymbolAtLocation(source);
      return [entry, module === undefined ? [] : checker.getExportsOfModule(module)];
    }),
  );
}

/**
 * Writes an example as a module: names of the library are imported, those of its own folder first, then the root's;
 * given values are made by `given.ts`; and each `EXPRESSION; // VALUE` checks the value.
 *
 * @param folder the module's folder, below the repository.
 */
export function moduleOf(
  { file, code, given }: Example,
  folder: string,
  exports: ReadonlyMap<string, readonly ts.Symbol[]>,
): string {
  const from = (path: string) => relative(folder, join(ROOT, path));
  const order = [join(dirname(file), 'index.ts'), `src/${file.split('/')[1]}/index.ts`, ...exports.keys()];
  const imports = [...freeNames(code)].flatMap(name => {
    if (given.includes(name)) return [];
    const entry = order.find(path => exports.get(path)?.some(symbol => symbol.name === name));
    const source = entry ?? (exportsName(file, name) ? file : undefined);
    return source === undefined ? [] : [`import { ${name} } from '${from(source)}';`];
  });
  return [
    ...imports,
    `import { expectValue } from '${from('test/examples/expect-value.ts')}';`,
    `import { GIVEN } from '${from('test/examples/given.ts')}';`,
    ...given.map(name => `const ${name} = await GIVEN.${name}();`),
    checkValues(code),
    'export {};',
  ].join('\n');
}

/** Replaces each `EXPRESSION; // VALUE` by a check of the value. */
export function checkValues(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  let checked = code;
  for (const statement of [...source.statements].reverse()) {
    if (!ts.isExpressionStatement(statement)) continue;
    const [whole, value] = /^[ \t]*\/\/ (.+)/.exec(code.slice(statement.end)) ?? [];
    if (whole === undefined) continue;
    checked = [
      checked.slice(0, statement.getStart()),
      `expectValue(${statement.expression.getText()}, ${JSON.stringify(value)});`,
      checked.slice(statement.end + whole.length),
    ].join('');
  }
  return checked;
}

/** Whether a file exports a function, class or constant that no entry point has. */
function exportsName(file: string, name: string): boolean {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return new RegExp(`^export (async )?(function\\*?|const|class) ${name}\\b`, 'm').test(source);
}

/** The names that a program uses and does not declare, as far as its text shows. */
function freeNames(code: string): Set<string> {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey =
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node);
      const isDeclared =
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
        parent.name === node;
      if (isDeclared || ts.isImportSpecifier(parent) || ts.isNamespaceImport(parent)) declared.add(node.text);
      else if (!isMember && !isKey) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...used].filter(name => !declared.has(name)));
}
