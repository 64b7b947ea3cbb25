import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const DIST = `${join(ROOT, 'dist')}/`;

/** Values of the root at most: what a reader of its list can hold in view. */
const MOST_VALUES = 150;

/** Bare words that arquero, JavaScript or a reader's own variables use for something else. */
const COMMON_WORDS = [
  ...['table', 'figure', 'random', 'mean', 'words', 'tokens', 'sentences', 'structure', 'quantile', 'mix'],
  ...['all', 'from', 'op', 'desc', 'not', 'range', 'names', 'rolling', 'matches', 'load', 'fetch', 'sample'],
];

/** Names of optional packages, as the source of a pattern. */
const OPTIONAL = '/^(@tensorflow\\/|pyodide|node-llama-cpp|webgpu)/';

const MISSING =
  'Cannot compute with models: the package @tensorflow/tfjs is required; install it with `npm install --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-node-gpu@4.22.0`';

interface EntryPoint {
  /** Path under the package: `.`, `./text`. */
  path: string;
  /** Its declarations. */
  file: string;
}

const manifest: { exports: Record<string, string> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);
const ENTRY_POINTS: EntryPoint[] = Object.entries(manifest.exports)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([path, file]) => ({ path, file: join(ROOT, file.replace(/\.js$/, '.d.ts')) }));

let program: ts.Program;
let checker: ts.TypeChecker;

beforeAll(() => {
  program = ts.createProgram(
    ENTRY_POINTS.map(({ file }) => file),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      skipLibCheck: true,
      types: ['node'],
    },
  );
  checker = program.getTypeChecker();
});

/** The symbol behind the names by which modules pass it on. */
function origin(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What an entry point exports, by its name there. */
function exportsOf({ file }: EntryPoint): Map<string, ts.Symbol> {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module: build the project first`);
  return new Map(checker.getExportsOfModule(module).map(symbol => [symbol.name, origin(symbol)]));
}

/** The types of this package that a declaration names, without those of private members. */
function typesNamedBy(declaration: ts.Declaration): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node) => {
    if (ts.canHaveModifiers(node) && node.modifiers?.some(isPrivate)) return;
    const name = typeNameOf(node);
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol !== undefined && isOwnType(origin(symbol))) found.push(origin(symbol));
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

function isPrivate({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.PrivateKeyword;
}

function typeNameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  return ts.isImportTypeNode(node) ? node.qualifier : undefined;
}

function isOwnType({ flags, declarations = [] }: ts.Symbol): boolean {
  const isParameter = flags & ts.SymbolFlags.TypeParameter;
  return !isParameter && declarations.some(one => one.getSourceFile().fileName.startsWith(DIST));
}

describe('public names', () => {
  test('each entry point exports the names that the list holds', async () => {
    const names = Object.fromEntries(
      ENTRY_POINTS.map(entry => {
        const exported = [...exportsOf(entry)].sort(([a], [b]) => (a < b ? -1 : 1));
        const isValue = ([, { flags }]: [string, ts.Symbol]) => (flags & ts.SymbolFlags.Value) !== 0;
        return [
          entry.path,
          {
            values: exported.filter(isValue).map(([name]) => name),
            types: exported.filter(one => !isValue(one)).map(([name]) => name),
          },
        ];
      }),
    );
    await expect(`${JSON.stringify(names, null, 1)}\n`).toMatchFileSnapshot('public-names.json');
    const root = names['.']?.values ?? [];
    expect(root.length).toBeGreaterThan(50);
    expect(root.length).toBeLessThanOrEqual(MOST_VALUES);
    expect(root.filter(name => COMMON_WORDS.includes(name))).toEqual([]);
  });

  test('every type of a public signature is exported where the function is', () => {
    const missing = ENTRY_POINTS.flatMap(entry => {
      const exported = exportsOf(entry);
      const known = new Set(exported.values());
      return [...exported].flatMap(([name, { declarations = [] }]) =>
        declarations
          .flatMap(typesNamedBy)
          .filter(type => !known.has(type))
          .map(type => `${entry.path}: ${type.name}, which ${name} names`),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('without optional packages', () => {
  /** Runs Node where the optional packages cannot be found, and returns what it prints. */
  async function nodeWithout(...parameters: string[]): Promise<string> {
    const hooks = `export async function resolve(name, context, next) {
      if (!${OPTIONAL}.test(name)) return next(name, context);
      throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
    }`;
    const register = `import Module, { register } from 'node:module';
      register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
      const resolveFilename = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => {
        if (!${OPTIONAL}.test(name)) return resolveFilename(name, ...rest);
        throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
      };`;
    const loader = `data:text/javascript,${encodeURIComponent(register)}`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', loader, ...parameters], {
      cwd: ROOT,
    });
    return stdout.trim();
  }

  const runWithout = (program: string) => nodeWithout('--input-type=module', '--eval', program);

  test('the root compares, measures, reads and serves remote models', async () => {
    const printed = await runWithout(`
      import { compare, diceCoefficient, openAiModel, parseAnswers, rouge } from 'imitation-lab';
      const rows = [{ prompt: 'Say hi', teacher: 'Hello you', student: 'Hello' }];
      const { items } = await compare(rows, { teacher: 'teacher' });
      const { generations } = parseAnswers('{"id": 1, "prompt": "Hi", "output": "Hello."}', { name: 'a.jsonl' });
      const remote = openAiModel({ model: 'm', base: 'http://127.0.0.1:9/v1', cache: null });
      console.log(JSON.stringify([
        items[0].answers.student.text, generations[0].text, remote.name,
        diceCoefficient('a b', 'b c'), rouge('a b', 'a b').rouge1.f1,
      ]));`);
    expect(JSON.parse(printed)).toEqual(['Hello', 'Hello.', 'm', 50, 1]);
  });

  test('what computes here is imported, reads configs, and says in one sentence what to install', async () => {
    const printed = await runWithout(`
      import { mkdtempSync } from 'node:fs';
      import { openModel } from 'imitation-lab';
      import { resolveBackend } from 'imitation-lab/compute';
      import { scoreTokens } from 'imitation-lab/generate';
      import { fromHuggingFace, initConfig, initialise, modelSizes } from 'imitation-lab/model';
      import { serveModel } from 'imitation-lab/serve';
      import { pretrain } from 'imitation-lab/train';
      const config = initConfig(
        { architecture: 'gpt2', maxPositions: 4, hiddenSize: 2, layers: 1, heads: 1 }, 3);
      const messages = [];
      for (const compute of [
        () => openModel({ model: mkdtempSync('${join(ROOT, 'build/model-')}') }),
        () => resolveBackend(),
        () => initialise(config, 1),
        () => pretrain(config, [[0, 1, 2]], { epochs: 1, batchSize: 1, sequenceLength: 2, learningRate: 1 }),
        () => scoreTokens({ config, weights: {} }, [{ ids: [0, 1], from: 1 }]),
      ]) await Promise.resolve().then(compute).catch(error => messages.push(error.message));
      console.log(JSON.stringify([modelSizes(config).weights.embeddings, messages]));`);
    // Tables of 3 tokens and of 4 positions.
    expect(JSON.parse(printed)).toEqual([14, Array(5).fill(MISSING)]);
  });

  test('the command line explains train, and plans a study of checkpoints', async () => {
    const cli = join(ROOT, 'dist/cli.js');
    expect(await nodeWithout(cli, 'train', '--help')).toContain('fine-tune a model on dialogues');
    const plan = await nodeWithout(cli, 'study', 'plan', '--scale', 'full', '--seeds', '1');
    expect(plan).toMatch(/ finetune GPT-2 1\.5B on broad 150000000, seed 1$/m);
  });
});
