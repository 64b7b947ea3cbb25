import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

interface Seen {
  stamp: string;
  imports: string[];
}

const seen = new Map<string, Seen>();

/**
 * Returns a text that changes when the file changes on disk, or any file it imports by path, however far down. Files
 * are read again only when their time or size says so.
 */
export function fileVersion(path: string): string {
  const stamps: string[] = [];
  const visited = new Set<string>();
  const visit = (file: string): void => {
    if (visited.has(file)) return;
    visited.add(file);
    const { stamp, imports } = look(file);
    stamps.push(stamp);
    imports.forEach(visit);
  };
  visit(path);
  return stamps.join('-');
}

function look(path: string): Seen {
  const { mtimeMs, size } = statSync(path);
  const stamp = `${Math.round(mtimeMs * 1000).toString(36)}.${size.toString(36)}`;
  const known = seen.get(path);
  // A file imported may have appeared since: paths are looked up again only when the importing file changes.
  if (known?.stamp === stamp) return known;
  const imports = /\.[mc]?[jt]sx?$/.test(path) ? importedPaths(path) : [];
  const now = { stamp, imports };
  seen.set(path, now);
  return now;
}

function importedPaths(path: string): string[] {
  const { module } = parseSync(path, readFileSync(path, 'utf8'), { sourceType: 'module' });
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(entry => entry.moduleRequest?.value ?? []),
    ),
  ];
  return specifiers.flatMap(specifier => {
    if (specifier.startsWith('file:')) return [fileURLToPath(specifier)];
    if (!specifier.startsWith('.') && !specifier.startsWith('/')) return [];
    const named = resolve(dirname(path), specifier);
    const candidates = [named, named.replace(/js(x?)$/, 'ts$1'), `${named}.ts`, `${named}/index.ts`];
    return candidates.find(isFile) ?? [];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
