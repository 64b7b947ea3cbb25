import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Parts of the library that also run in a browser. */
const BROWSER_LEAVES = ['schema', 'stats', 'text', 'conversation', 'readers'];

/** Parts of `src/`, each allowed to import only what is before it: leaves, services, the flow, the edges. */
const ORDER = [
  ...BROWSER_LEAVES,
  ...['files', 'runs', 'notebook', 'chat'],
  ...['tokenize', 'compute', 'model'],
  ...['data', 'train', 'generate', 'evaluate', 'compare', 'published', 'report', 'figure'],
  ...['serve', 'jobs', 'world', 'study', 'setup', 'cli', 'index'],
];

/**
 * Parts that know models from the inside; whatever else needs a model takes a `LanguageModel`. Set-up compiles
 * what they compute on.
 */
const MODEL_PARTS = ['tokenize', 'compute', 'model'];
const MAY_USE_MODELS = [
  ...MODEL_PARTS,
  'train',
  'generate',
  'serve',
  'world',
  'study',
  'setup',
  'cli',
  'index',
];

/** Packages that only some parts may import. */
const CONFINED: { packages: RegExp; to: string[] }[] = [
  { packages: /^@tensorflow\//, to: ['compute', 'model', 'train', 'generate'] },
  { packages: /^webgpu$/, to: ['compute'] },
  { packages: /^(@jupyterlab|@lumino)\//, to: ['extension'] },
  { packages: /^plotly\.js/, to: ['extension', 'scripts'] },
  { packages: /^node-llama-cpp/, to: ['chat'] },
  { packages: /^arquero$/, to: ['evaluate', 'compare', 'figure', 'published', 'study'] },
];

interface SourceFile {
  /** Path from the root, such as `src/text/split-words.ts`. */
  path: string;
  /** Part of the library, or `kernel`, `extension` or `scripts`. */
  part: string;
  /** What the file imports, types and dynamic imports among it: packages, and paths from the root. */
  imports: string[];
}

const files = ['src', 'kernel/src', 'extension/src', 'scripts'].flatMap(sourceFiles);
const library = files.filter(({ path }) => path.startsWith('src/'));

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx|mjs)$/.test(name))
    .map(name => {
      const path = join(folder, name);
      const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, path), 'utf8'), true, true);
      const imports = importedFiles.map(({ fileName }) =>
        fileName.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), fileName)) : fileName,
      );
      return { path, part: partOf(path), imports };
    });
}

/** `src/text/split-words.ts` → `text`, `src/cli.ts` → `cli`, `kernel/src/…` → `kernel`. */
function partOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'src' ? next.replace(/\.ts$/, '') : top;
}

/** The imports that break a rule, as `file → import`. */
function offenders(among: SourceFile[], breaks: (imported: string, file: SourceFile) => boolean): string[] {
  return among.flatMap(file =>
    file.imports.filter(imported => breaks(imported, file)).map(imported => `${file.path} → ${imported}`),
  );
}

const isOwn = (imported: string) => /^(src|kernel|extension|scripts)\//.test(imported);

describe('the library', () => {
  test('has no part that the order does not know', () => {
    expect(library.map(({ part }) => part).filter(part => !ORDER.includes(part))).toEqual([]);
    expect(library.length).toBeGreaterThan(50);
  });

  test('flows one way: a part imports only parts before it', () => {
    expect(
      offenders(library, (imported, { part }) => {
        const target = isOwn(imported) ? partOf(imported) : part;
        return ORDER.indexOf(target) > ORDER.indexOf(part);
      }),
    ).toEqual([]);
  });

  test('imports neither the kernel nor the extension nor the scripts as a file', () => {
    expect(offenders(library, imported => /^(kernel|extension|scripts)\//.test(imported))).toEqual([]);
  });

  test('knows models from the inside only where they are trained and run', () => {
    expect(
      offenders(
        library,
        (imported, { part }) =>
          isOwn(imported) && MODEL_PARTS.includes(partOf(imported)) && !MAY_USE_MODELS.includes(part),
      ),
    ).toEqual([]);
  });
});

/** Parts from which `world` builds its own tokenizer, too particular for the public index. */
const TOKENIZER_PARTS = ['byte-level-bpe', 'byte-text', 'pre-tokenizer'].map(
  name => `src/tokenize/${name}.ts`,
);

test('TensorFlow is loaded on use: what imports it takes only its types', () => {
  const loads = ({ path }: SourceFile) =>
    loadedBy(path).some(imported => imported.startsWith('@tensorflow/'));
  expect(library.filter(loads).map(({ path }) => path)).toEqual([]);
});

test('a part imports another through its index', () => {
  expect(
    offenders(library, (imported, { part }) => {
      if (!isOwn(imported) || partOf(imported) === part) return false;
      const index = `src/${partOf(imported)}/index.ts`;
      if (imported === index || imported === `src/${partOf(imported)}.ts`) return false;
      return !TOKENIZER_PARTS.includes(imported);
    }),
  ).toEqual([]);
});

/** What a file of `src` loads at once when it is imported: no types, and nothing that it imports on use. */
function loadedBy(path: string): string[] {
  if (!path.startsWith('src/')) return [];
  const source = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    const typeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier) || typeOnly) return [];
    const { text } = moduleSpecifier;
    return [text.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), text)) : text];
  });
}

test('only its own file knows an architecture by its name', () => {
  const own = /^src\/model\/architectures\/(gpt2|llama)\.ts$/;
  const compares = /([!=]==|case|\bin)\s*['"](gpt2|llama)['"]|['"](gpt2|llama)['"]\s*[!=]==/;
  const found = library.filter(
    ({ path }) => !own.test(path) && compares.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('no file imports itself through others', () => {
  const graph = new Map(files.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    else if (!done.has(path)) {
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of graph.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

test.each(CONFINED)('$packages is only in $to', ({ packages, to }) => {
  expect(offenders(files, (imported, { part }) => packages.test(imported) && !to.includes(part))).toEqual([]);
});

test('what measures text reaches no model and no backend, by whatever path', () => {
  const graph = new Map(files.map(({ path, imports }) => [path, imports]));
  const reached = new Set<string>();
  const pending = [
    'src/compare/index.ts',
    'src/cli/run/style.ts',
    'src/text/index.ts',
    'src/readers/index.ts',
  ];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    pending.push(...(graph.get(path) ?? []));
  }
  expect(reached).toContain('src/text/pair-style.ts');
  const models = [...reached].filter(
    path => MODEL_PARTS.includes(partOf(path)) || /^@tensorflow\//.test(path),
  );
  expect(models).toEqual([]);
});

test('the command line starts without what its commands work with', () => {
  const reached = new Set(['src/cli.ts']);
  for (const path of reached) for (const next of loadedAtStart(path)) reached.add(next);
  const parts = new Set([...reached].map(partOf));
  expect([...reached]).toContain('src/cli/commands/evaluate.ts');
  expect([...parts].filter(part => ['evaluate', 'study', 'model', 'data'].includes(part))).toEqual([]);
});

/** Lists the own files that a file imports when it is loaded: neither types nor dynamic imports are among them. */
function loadedAtStart(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap(statement => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))) return [];
    const from = statement.moduleSpecifier;
    const isType = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    if (isType || !from || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return [];
    return [relative(ROOT, resolve(ROOT, dirname(path), from.text))];
  });
}

describe('the extension', () => {
  const extension = files.filter(({ part }) => part === 'extension');

  test('imports of the library only what runs in a browser', () => {
    const allowed = [...BROWSER_LEAVES, 'fig7.json'].map(name => `imitation-lab/${name}`);
    expect(
      offenders(extension, imported => /^imitation-lab(\/|$)/.test(imported) && !allowed.includes(imported)),
    ).toEqual([]);
    expect(offenders(extension, imported => isOwn(imported) && partOf(imported) !== 'extension')).toEqual([]);
  });

  test('uses no Node API', () => {
    expect(offenders(extension, isBuiltin)).toEqual([]);
  });
});

describe('the scripts', () => {
  test('import the library and the kernel by their packages, as a user does', () => {
    const scripts = files.filter(({ part }) => part === 'scripts');
    expect(scripts.length).toBeGreaterThan(10);
    expect(offenders(scripts, imported => isOwn(imported) && partOf(imported) !== 'scripts')).toEqual([]);
  });

  test('are imported by nothing that is published', () => {
    const published = files.filter(({ part }) => part !== 'scripts');
    expect(offenders(published, imported => partOf(imported) === 'scripts')).toEqual([]);
  });
});

describe('the browser leaves', () => {
  const leaves = library.filter(({ part }) => BROWSER_LEAVES.includes(part));

  test('use no Node API', () => {
    expect(offenders(leaves, isBuiltin)).toEqual([]);
  });

  test('compute Table 2 from files in an engine that has nothing of Node', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: BROWSER_LEAVES.map(
          leaf => `export * as ${leaf} from './src/${leaf === 'schema' ? 'schema' : `${leaf}/index`}.ts';`,
        ).join('\n'),
        resolveDir: ROOT,
      },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'leaves',
      write: false,
      logLevel: 'silent',
    });
    const context = createContext({});
    runInContext(outputFiles[0]?.text ?? '', context);
    const list = runInContext(
      `const read = text => leaves.readers.parseAnswers(text, { name: 'x.csv' }).generations[0].text;
       const pair = leaves.text.pairStyle(read('id,text\\n1,"- a\\n- b"'), read('id,text\\n1,"- a\\n- c"'));
       leaves.readers.checkComparison({ version: 1, answers: [{ id: 'a', label: 'A', role: 'teacher' }], items: [] });
       JSON.stringify(leaves.text.summarizeStyle([pair], { seed: 1, resamples: 10 }).list)`,
      context,
    );
    // Wilson's interval of 1 of 1.
    expect(JSON.parse(list)).toEqual({ value: 1, low: expect.closeTo(0.2065, 4), high: 1, n: 1 });
  });
});

test('an index lists its public names one by one', () => {
  const indexes = library.filter(({ path }) => path.endsWith('index.ts'));
  const starred = indexes.filter(({ path }) => /export \*/.test(readFileSync(join(ROOT, path), 'utf8')));
  expect(indexes.length).toBeGreaterThan(5);
  expect(starred.map(({ path }) => path)).toEqual([]);
});
