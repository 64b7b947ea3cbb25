import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { resolveBackend } from '../src/compute/index.ts';
import { exampleCache, writeExampleFiles } from './examples/example-files.ts';
import { answerExamples } from './examples/example-server.ts';
import { expectValue } from './examples/expect-value.ts';
import {
  checkValues,
  EXPORTING,
  moduleOf,
  OPTIONS,
  ROOT,
  readExamples,
  readExports,
} from './examples/read-examples.ts';
import { WITH_RECORDS } from './fixtures/public-records.ts';
import { requires } from './fixtures/requires.ts';

/** Folder of the examples as modules, which are compiled, run and left for readers of a failure. */
const FOLDER = join(ROOT, 'build', 'examples');

const library = ts.createProgram(
  EXPORTING.map(file => join(ROOT, file)),
  OPTIONS,
);
const exports = readExports(library);
const examples = readExamples().map((example, index) => ({
  ...example,
  path: join(FOLDER, `example-${index + 1}.ts`),
}));
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const example of examples)
  writeFileSync(example.path, moduleOf(example, relative(ROOT, FOLDER), exports));

/** Files that CONTRIBUTING adds, by their paths. */
const added = new Map(
  [
    ...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(
      /^`(src\/\S+\.ts)`:\n\n```ts\n(.*?)^```$/gms,
    ),
  ].map(([, path = '', code = '']) => [join(ROOT, path), code]),
);

describe('code in the documentation compiles', () => {
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, fileExists } = host;
  host.readFile = path => added.get(path) ?? readFile(path);
  host.fileExists = path => added.has(path) || fileExists(path);
  const paths = [...examples.map(({ path }) => path), ...added.keys()];
  const program = ts.createProgram(paths, OPTIONS, host, library);
  const errorsOf = (path: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));

  test('every example of a doc comment', () => {
    const errors = examples.flatMap(({ at, path }) => errorsOf(path).map(error => `${at}: ${error}`));
    expect(errors).toEqual([]);
  });

  test('every file that CONTRIBUTING adds, where it says', () => {
    expect(added.size).toBe(4);
    for (const path of added.keys()) expect(existsSync(path), path).toBe(false);
    expect([...added.keys()].flatMap(errorsOf)).toEqual([]);
  });
});

describe('the example of', () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    process.chdir(folder);
    await resolveBackend({ prefer: 'cpu' });
    await writeExampleFiles();
    vi.stubEnv('IMITATION_LAB_CACHE', await exampleCache());
    return answerExamples();
  });
  afterAll(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  for (const { at, needs, path } of examples) {
    const required = needs === 'public records' ? WITH_RECORDS : requires(needs === undefined, needs ?? '');
    test(at, required, async () => {
      await import(path);
    });
  }
});

test('every function of the root has an example', () => {
  const checker = library.getTypeChecker();
  const without = (exports.get('src/index.ts') ?? []).flatMap(symbol => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isFunction = Boolean(target.flags & ts.SymbolFlags.Function);
    const hasExample = target.getJsDocTags(checker).some(({ name }) => name === 'example');
    return isFunction && !hasExample ? [symbol.name] : [];
  });
  expect(without).toEqual([]);
});

test('a comment at the end of an expression states its value; others are not checked', () => {
  expect(checkValues('const a = 1; // one\na + 1; // 2\nawait b(a)\n')).toBe(
    'const a = 1; // one\nexpectValue(a + 1, "2");\nawait b(a)\n',
  );
  expectValue(['a', { b: 2 / 3 }], "['a', { b: 0.66… }]; rounded");
  expect(() => expectValue(10, '1')).toThrow('the comment states 1');
  expect(() => expectValue('1', '1')).toThrow('the comment states 1');
});
