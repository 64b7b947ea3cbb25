import { join } from 'node:path';
import ts from 'typescript';
import { createCellHost } from './cell-host.ts';
import type { ScopeName } from './cell-module.ts';
import { namesDeclaredBy, toCellModule, toCommittedModule, toScopeModule } from './cell-module.ts';
import { completeAt } from './complete-at.ts';
import { completeLibraryImport, importPathBefore } from './complete-import.ts';
import { configDiagnostics, diagnose } from './diagnose.ts';
import { inspectAt } from './inspect-at.ts';
import type { CellDiagnostic, Completion, Hover, TypeServiceOptions } from './type-service.ts';

/** The type service's answers, computed where they are asked. */
export interface CellTypes {
  complete(code: string, offset: number): Completion;
  inspect(code: string, offset: number): Hover;
  check(code: string): CellDiagnostic[];
  commit(code: string): void;
  reset(): void;
}

const SCOPE = './[scope]';

/**
 * Types of a notebook's cells.
 *
 * Each cell is a module. A committed one exports what it declares; the one asked about imports the whole
 * scope, where the newest declaration of a name wins. TypeScript keeps what it parsed of everything but the
 * cell asked about, and infers no more of the earlier cells than that cell uses.
 */
export function createCellTypes(options: TypeServiceOptions): CellTypes {
  const host = createCellHost(options);
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());
  const scope = new Map<string, ScopeName>();
  const committed: string[] = [];
  const cell = join(options.cwd, '[cell].ts');
  const pathOf = (specifier: string): string => join(options.cwd, `${specifier}.ts`);

  const writeScope = (): void => host.write(pathOf(SCOPE), toScopeModule(scope));

  /** Makes `code` the cell asked about, and returns the offset at which its text begins. */
  const open = (code: string): number => {
    const visible = [...scope].map(([name, { assignable }]) => [name, { from: SCOPE, assignable }] as const);
    const { text, offset } = toCellModule(code, new Map(visible));
    host.refresh();
    host.write(cell, text, true);
    return offset;
  };

  writeScope();
  return {
    complete(code, offset) {
      const importPath = importPathBefore(code, offset);
      const importable =
        importPath === undefined
          ? []
          : completeLibraryImport(service, host, options.libraryPaths, importPath);
      return completeAt({ service, path: cell, start: open(code), code }, offset, importable);
    },
    inspect: (code, offset) => inspectAt({ service, path: cell, start: open(code), code }, offset),
    check(code) {
      const found = diagnose({ service, path: cell, start: open(code), code });
      return [...configDiagnostics(host.config().errors), ...found];
    },
    commit(code) {
      const specifier = `./[cell ${committed.length + 1}]`;
      committed.push(specifier);
      host.write(pathOf(specifier), toCommittedModule(code, scope));
      for (const [name, assignable] of namesDeclaredBy(code))
        scope.set(name, { from: specifier, assignable });
      writeScope();
    },
    reset() {
      for (const specifier of committed.splice(0)) host.remove(pathOf(specifier));
      scope.clear();
      writeScope();
    },
  };
}
