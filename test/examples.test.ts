import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * Every `@example` of the library is compiled, and run. One that needs what a test does not have begins with a line that
 * names it, and is compiled alone: `// Given model, tokenizer.` names values that the reader has, of any type;
 * `// Needs the network.` names what the program reaches for.
 */
const GIVEN = /^\/\/ Given ([\w, ]+)\.$/m;
const NEEDS = /^\/\/ Needs [^\n]+\.$/m;

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'build', 'examples');

interface Example {
  /** Such as `src/text/rouge.ts:39`. */
  at: string;
  /** The folder of `src/` that it belongs to. */
  part: string;
  code: string;
}

/** Reads the examples of all doc comments. */
function readExamples(): Example[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter(file => file.endsWith('.ts'))
    .sort()
    .flatMap(file => {
      const text = readFileSync(join(ROOT, 'src', file), 'utf8');
      return [...text.matchAll(/^ *\* @example\n((?: *\*(?! @|\/).*\n)+)/gm)].map(
        ({ 1: block = '', index }) => ({
          at: `src/${file}:${text.slice(0, index).split('\n').length}`,
          part: file.includes('/') ? file.slice(0, file.indexOf('/')) : '',
          code: block.replaceAll(/^ *\* ?/gm, ''),
        }),
      );
    });
}

const manifest: { exports: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

/** The names that each entry point exports, by what one imports it as: `imitation-lab/text`. */
function readPublicNames(): Map<string, Set<string>> {
  const entries = Object.entries(manifest.exports).filter(([, file]) => file.endsWith('.js'));
  const files = entries.map(([, file]) => join(ROOT, file.replace(/\.js$/, '.d.ts')));
  const program = ts.createProgram(files, OPTIONS);
  const checker = program.getTypeChecker();
  return new Map(
    entries.map(([path], index) => {
      const source = program.getSourceFile(files[index] ?? '');
      const module = source && checker.getSymbolAtLocation(source);
      const names = module === undefined ? [] : checker.getExportsOfModule(module).map(({ name }) => name);
      return [join('imitation-lab', path), new Set(names)];
    }),
  );
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  noImplicitAny: false,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/** The names that a program uses and does not declare, as far as one can tell from its text. */
function freeNames(code: string): Set<string> {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey = ts.isPropertyAssignment(parent) && parent.name === node;
      const isDeclared =
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
        parent.name === node;
      if (isDeclared || ts.isImportSpecifier(parent)) declared.add(node.text);
      else if (!isMember && !isKey) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...used].filter(name => !declared.has(name)));
}

/** Whether the example's own file exports a name that no entry point has. */
function exportsName(at: string, name: string): boolean {
  const source = readFileSync(join(ROOT, at.replace(/:\d+$/, '')), 'utf8');
  return new RegExp(`^export (async )?(function|const|class) ${name}\\b`, 'm').test(source);
}

/** The example as a module: names of the library are imported, its own part's first, then the root's. */
function moduleOf({ at, part, code }: Example, publicNames: Map<string, Set<string>>): string {
  const order = [`imitation-lab/${part}`, 'imitation-lab', ...publicNames.keys()];
  const given = GIVEN.exec(code)?.[1]?.split(', ') ?? [];
  const imports = [...freeNames(code)].flatMap(name => {
    if (given.includes(name)) return [];
    const from = order.find(entry => publicNames.get(entry)?.has(name));
    if (from !== undefined) return [`import { ${name} } from '${from}';`];
    const file = at.replace(/^src/, '../../dist').replace(/\.ts:\d+$/, '.js');
    return exportsName(at, name) ? [`import { ${name} } from '${file}';`] : [];
  });
  const declared = given.map(name => `declare const ${name}: any;`);
  return [...imports, ...declared, code, 'export {};'].join('\n');
}

const examples = readExamples();
const files = examples.map((_, index) => join(FOLDER, `example-${index + 1}.ts`));

test('every example of a doc comment compiles, and runs unless it says what it needs', async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const publicNames = readPublicNames();
  const modules = examples.map(example => moduleOf(example, publicNames));
  for (const [index, file] of files.entries()) writeFileSync(file, modules[index] ?? '');
  const program = ts.createProgram(files, OPTIONS);
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const index = files.indexOf(file?.fileName ?? '');
    return `${examples[index]?.at ?? file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(errors).toEqual([]);

  const run = examples.flatMap(({ code }, index) => (NEEDS.test(code) || GIVEN.test(code) ? [] : [index]));
  for (const index of run) {
    const { outputText } = ts.transpileModule(modules[index] ?? '', {
      compilerOptions: { ...OPTIONS, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(FOLDER, `example-${index + 1}.mjs`), outputText);
  }
  writeFileSync(
    join(FOLDER, 'run.mjs'),
    `const failed = [];
    console.log = () => {};
    for (const index of ${JSON.stringify(run)}) {
      await import('./example-' + (index + 1) + '.mjs').catch(error => failed.push([index, error.stack]));
    }
    process.stdout.write(JSON.stringify(failed), () => process.exit());`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [join(FOLDER, 'run.mjs')], { cwd: ROOT });
  const failed: [number, string][] = JSON.parse(stdout);
  expect(failed.map(([index, error]) => `${examples[index]?.at}: ${error}`)).toEqual([]);
  console.info(
    `${run.length} examples ran, ${examples.length - run.length} that need more were compiled (${relative(ROOT, FOLDER)})`,
  );
  expect(run.length).toBeGreaterThan(15);
});
