import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { TypeServiceOptions } from './type-service.ts';

/** Reports whether a file belongs to an installed package, and so does not change. */
export function isPackaged(path: string): boolean {
  return path.includes('/node_modules/');
}

/** Resolves what cells import: other cells in memory, the notebook's folder, and the kernel's own packages. */
export class CellResolution {
  readonly #cwd: string;
  /** Files from whose place the kernel's own packages are found. */
  readonly #places: readonly string[];
  readonly #isInMemory: (path: string) => boolean;
  readonly #disk: ts.ModuleResolutionHost;
  /** Resolutions of packages are kept, because they do not change while a notebook is open. */
  readonly cache: ts.ModuleResolutionCache;

  constructor({ cwd, libraryPaths }: TypeServiceOptions, isInMemory: (path: string) => boolean) {
    this.#cwd = cwd;
    this.#places = libraryPaths.map(path => join(dirname(path), 'index.ts'));
    this.#isInMemory = isInMemory;
    this.#disk = { ...ts.sys, fileExists: path => this.fileExists(path) };
    this.cache = ts.createModuleResolutionCache(cwd, name => name);
  }

  fileExists(path: string): boolean {
    return this.#isInMemory(path) || ts.sys.fileExists(path);
  }

  /** Resolves the specifier of an import in the file `from`. */
  resolveModule(
    name: string,
    from: string,
    options: ts.CompilerOptions,
  ): ts.ResolvedModuleWithFailedLookupLocations | { resolvedModule: ts.ResolvedModuleFull } {
    if (name.startsWith('./[')) {
      const resolvedFileName = join(this.#cwd, `${name}.ts`);
      if (this.#isInMemory(resolvedFileName))
        return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts } };
    }
    const cache = isPackaged(from) ? this.cache : undefined;
    const found = ts.resolveModuleName(name, from, options, this.#disk, cache);
    if (found.resolvedModule || ts.isExternalModuleNameRelative(name)) return found;
    for (const place of this.#places) {
      const fallback = ts.resolveModuleName(name, place, options, this.#disk, this.cache);
      if (fallback.resolvedModule) return fallback;
    }
    return found;
  }

  /** Resolves a package of types that the file `from` refers to. */
  resolveTypes(
    name: string,
    from: string,
    options: ts.CompilerOptions,
  ):
    | ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations
    | { resolvedTypeReferenceDirective: undefined } {
    for (const place of [from, ...this.#places]) {
      const found = ts.resolveTypeReferenceDirective(name, place, options, this.#disk);
      if (found.resolvedTypeReferenceDirective) return found;
    }
    return { resolvedTypeReferenceDirective: undefined };
  }
}
