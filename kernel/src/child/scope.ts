import type { KnownNames } from '../compile/cell.ts';
import type { BindingKind } from '../compile/references.ts';

/** A live view of a module, as `import()` gives it. */
export type ModuleNamespace = Record<string, unknown>;

/** The top-level names of all cells. */
export class Scope implements KnownNames {
  /** The object whose members the names are; what is on nobody is looked up among the globals. */
  readonly members: Record<string, unknown>;
  readonly #constants = new Set<string>();

  constructor() {
    // A class with this prototype, not Object.create: members of such an object stay fast.
    const Members = class {} as unknown as { new (): Record<string, unknown>; prototype: unknown };
    Object.setPrototypeOf(Members.prototype, fallback);
    Reflect.deleteProperty(Members.prototype as object, 'constructor');
    this.members = new Members();
  }

  has(name: string): boolean {
    return Object.hasOwn(this.members, name);
  }

  isConstant(name: string): boolean {
    return this.#constants.has(name);
  }

  isGlobal(name: string): boolean {
    return name in globalThis;
  }

  /**
   * Makes room for the names of a cell about to run. A new name cannot be read before its declaration ran;
   * a known one keeps its value until then, so that a cell that fails early loses nothing.
   */
  declare(names: Map<string, BindingKind>): void {
    for (const [name, kind] of names) {
      if (kind === 'const' || kind === 'import' || kind === 'using') this.#constants.add(name);
      else this.#constants.delete(name);
      const known = Object.getOwnPropertyDescriptor(this.members, name);
      if (known && 'value' in known) continue;
      if (kind === 'var' || kind === 'function') this.define(name, undefined);
      else if (kind !== 'import') this.#reserve(name);
    }
  }

  define(name: string, value: unknown): void {
    Object.defineProperty(this.members, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }

  /**
   * Defines names that are views of a module's exports (`*` is the module itself), as `[local, imported]`. A name the
   * module does not export fails when it is used: it may well have been a type.
   */
  defineImports(specifier: string, module: ModuleNamespace, names: [string, string][]): void {
    for (const [local, imported] of names) {
      if (imported === '*') {
        this.define(local, module);
        continue;
      }
      const get = (): unknown => {
        if (imported in module) return module[imported];
        // Exports of CommonJS modules that Node cannot find in the text are properties of the default export.
        const { default: commonJs } = module;
        if (typeof commonJs === 'object' && commonJs !== null && imported in commonJs)
          return (commonJs as ModuleNamespace)[imported];
        throw new SyntaxError(`The module '${specifier}' does not export '${imported}'`);
      };
      Object.defineProperty(this.members, local, { get, enumerable: true, configurable: true });
    }
  }

  #reserve(name: string): void {
    Object.defineProperty(this.members, name, {
      get: () => {
        throw new ReferenceError(`Cannot access '${name}' before initialization`);
      },
      set: value => this.define(name, value),
      enumerable: true,
      configurable: true,
    });
  }
}

const fallback = new Proxy(Object.create(null) as object, {
  get(_target, name) {
    if (name in globalThis) return Reflect.get(globalThis, name);
    throw new ReferenceError(`${String(name)} is not defined`);
  },
  set(_target, name, value) {
    if (name in globalThis) return Reflect.set(globalThis, name, value);
    throw new ReferenceError(`${String(name)} is not defined`);
  },
});
