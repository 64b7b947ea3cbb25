import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { compileCell } from '../compile/compile-cell.ts';
import { importFromCell } from './modules.ts';
import { Scope } from './scope.ts';
import { rememberCell, rememberSource } from './stacks.ts';

/** Functions that a cell's code finds under the name of the kernel. */
interface Helpers {
  load(specifier: string, names: [string, string][], options?: ImportCallOptions): Promise<void>;
  import(specifier: string, options?: ImportCallOptions): Promise<unknown>;
  constant(name: string): never;
  peek(name: string): unknown;
  meta: { url: string; dirname: string; filename: string; resolve(specifier: string): string };
}

type CellFunction = (scope: object, helpers: Helpers) => Promise<{ value: unknown } | undefined>;

/** Compiles and runs cells on one scope. */
export class Evaluator {
  readonly #scope = new Scope();
  readonly #helpers: Helpers;

  /** @param folder the notebook's: imports resolve from there. */
  constructor(folder: string) {
    const scope = this.#scope;
    const filename = join(folder, 'notebook.ts');
    const require = createRequire(filename);
    scope.define('require', require);
    this.#helpers = {
      async load(specifier, names, options) {
        scope.defineImports(specifier, await importFromCell(specifier, filename, options), names);
      },
      import: (specifier, options) => importFromCell(specifier, filename, options),
      constant(name) {
        throw new TypeError(`Assignment to constant variable '${name}'`);
      },
      peek: name => (scope.has(name) || scope.isGlobal(name) ? scope.members[name] : undefined),
      meta: {
        url: pathToFileURL(filename).href,
        dirname: folder,
        filename,
        resolve: specifier => pathToFileURL(require.resolve(specifier)).href,
      },
    };
  }

  /**
   * Runs a cell; the promise settles as its code does.
   *
   * @param label name of the cell in stacks.
   * @returns the value of its last expression, in an object so that a promise stays one; `undefined` if it has none.
   * @throws {SourceSyntaxError} if the cell does not parse.
   */
  async evaluate(source: string, label: string): Promise<{ value: unknown } | undefined> {
    rememberSource(label, source);
    const cell = compileCell(source, this.#scope);
    const filename = rememberCell(label, cell);
    const run = new Script(cell.code, { filename }).runInThisContext() as CellFunction;
    this.#scope.declare(cell.declared);
    return run(this.#scope.members, this.#helpers);
  }
}
