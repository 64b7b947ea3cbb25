import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { NotebookConfig } from './compiler-options.ts';
import { readNotebookConfig } from './compiler-options.ts';
import type { TypeServiceOptions } from './type-service.ts';

/** A language service host whose project is files in memory, beside what they import from disk. */
export interface CellHost extends ts.LanguageServiceHost {
  /** Puts a file of that name in memory; `root` files are the ones asked about. */
  write(path: string, text: string, root?: boolean): void;
  remove(path: string): void;
  /** Looks at the disk again; until the next time, what was seen there holds. */
  refresh(): void;
  /** Returns the notebook's configuration. */
  config(): NotebookConfig;
  /** Returns what TypeScript knows of packages; without it, every request reads each `package.json` again. */
  getModuleResolutionCache(): ts.ModuleResolutionCache;
}

interface MemoryFile {
  text: string;
  version: string;
  root: boolean;
}

/** Creates the host of the cells of one notebook. */
export function createCellHost({ cwd, libraryPaths }: TypeServiceOptions): CellHost {
  const memory = new Map<string, MemoryFile>();
  const snapshots = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>();
  const seen = new Map<string, string>();
  const configPath = join(cwd, 'tsconfig.json');
  let configVersion = diskVersion(configPath);
  let config = readNotebookConfig(cwd);
  let writes = 0;

  const versionOf = (path: string): string => {
    const known = memory.get(path)?.version ?? (isPackaged(path) ? 'packaged' : seen.get(path));
    if (known !== undefined) return known;
    const version = diskVersion(path);
    seen.set(path, version);
    return version;
  };

  // TypeScript asks for the text of every file at every request.
  const snapshotOf = (path: string): ts.IScriptSnapshot | undefined => {
    const version = versionOf(path);
    const kept = snapshots.get(path);
    if (kept?.version === version) return kept.snapshot;
    const text = memory.get(path)?.text ?? ts.sys.readFile(path);
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    snapshots.set(path, { version, snapshot });
    return snapshot;
  };

  // What packages resolve to is kept, because they do not change while a notebook is open.
  const packageCache = ts.createModuleResolutionCache(cwd, name => name);
  const places = libraryPaths.map(path => join(dirname(path), 'index.ts'));
  const fileExists = (path: string): boolean => memory.has(path) || ts.sys.fileExists(path);
  const disk: ts.ModuleResolutionHost = { ...ts.sys, fileExists };

  const resolveModule = (name: string, from: string, options: ts.CompilerOptions) => {
    if (name.startsWith('./[')) {
      const resolvedFileName = join(cwd, `${name}.ts`);
      if (memory.has(resolvedFileName)) return { resolvedModule: { resolvedFileName, extension: '.ts' } };
    }
    const found = ts.resolveModuleName(
      name,
      from,
      options,
      disk,
      isPackaged(from) ? packageCache : undefined,
    );
    if (found.resolvedModule || ts.isExternalModuleNameRelative(name)) return found;
    for (const place of places) {
      const fallback = ts.resolveModuleName(name, place, options, disk, packageCache);
      if (fallback.resolvedModule) return fallback;
    }
    return found;
  };

  const resolveTypes = (name: string, from: string, options: ts.CompilerOptions) => {
    for (const place of [from, ...places]) {
      const found = ts.resolveTypeReferenceDirective(name, place, options, disk);
      if (found.resolvedTypeReferenceDirective) return found;
    }
    return { resolvedTypeReferenceDirective: undefined };
  };

  return {
    write(path, text, root = false) {
      writes += 1;
      memory.set(path, { text, version: `memory ${writes}`, root });
    },
    remove(path) {
      memory.delete(path);
      snapshots.delete(path);
    },
    refresh() {
      seen.clear();
      const version = diskVersion(configPath);
      if (version !== configVersion) config = readNotebookConfig(cwd);
      configVersion = version;
    },
    config: () => config,
    getModuleResolutionCache: () => packageCache,

    getCompilationSettings: () => config.options,
    getScriptFileNames: () => [...memory].filter(([, file]) => file.root).map(([path]) => path),
    getScriptVersion: versionOf,
    getScriptSnapshot: snapshotOf,
    getCurrentDirectory: () => cwd,
    getDefaultLibFileName: options => ts.getDefaultLibFilePath(options),
    resolveModuleNameLiterals: (names, from, _redirect, options) =>
      names.map(({ text }) => resolveModule(text, from, options)),
    resolveTypeReferenceDirectiveReferences: (names, from, _redirect, options) =>
      names.map(name => resolveTypes(typeof name === 'string' ? name : name.fileName, from, options)),
    fileExists,
    readFile: path => memory.get(path)?.text ?? ts.sys.readFile(path),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  };
}

/** Reports whether a file belongs to an installed package, and so does not change. */
function isPackaged(path: string): boolean {
  return path.includes('/node_modules/');
}

function diskVersion(path: string): string {
  return `disk ${ts.sys.getModifiedTime?.(path)?.getTime() ?? 'missing'}`;
}
