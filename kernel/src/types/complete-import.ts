import { dirname, join } from 'node:path';
import type ts from 'typescript';
import type { CellHost } from './cell-host.ts';

/** `from 'path`, `import 'path` or `import('path` up to the cursor: the path so far. */
const IMPORT_PATH = /\b(?:from|import)\s*\(?\s*['"]([^'"\n]*)$/;

/** Returns the part of an import path before the cursor; undefined where there is no import path. */
export function importPathBefore(code: string, offset: number): string | undefined {
  return IMPORT_PATH.exec(code.slice(0, offset))?.[1];
}

/**
 * Lists packages, and paths inside them, that the kernel's own folders offer to a notebook anywhere. TypeScript
 * completes only what is beside or above a file, so it is asked from there.
 */
export function completeLibraryImport(
  service: ts.LanguageService,
  host: CellHost,
  libraryPaths: readonly string[],
  importPath: string,
): ts.CompletionEntry[] {
  if (importPath.startsWith('.')) return [];
  const text = `import '${importPath}`;
  return libraryPaths.flatMap(libraryPath => {
    const path = join(dirname(libraryPath), '[import].ts');
    host.write(path, `${text}'`, true);
    const info = service.getCompletionsAtPosition(path, text.length, {});
    host.remove(path);
    return info?.entries ?? [];
  });
}
