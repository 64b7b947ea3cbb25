import { join } from 'node:path';
import ts from 'typescript';
import { CellResolution, isPackaged } from './cell-resolution.ts';
import { type NotebookConfig, readNotebookConfig } from './compiler-options.ts';
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
export function createCellHost(options: TypeServiceOptions): CellHost {
  const { cwd } = options;
  const memory = new Map<string, MemoryFile>();
  const snapshots = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>();
  const seen = new Map<string, string>();
  const resolution = new CellResolution(options, path => memory.has(path));
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
    getModuleResolutionCache: () => resolution.cache,

    getCompilationSettings: () => config.options,
    getScriptFileNames: () => [...memory].filter(([, file]) => file.root).map(([path]) => path),
    getScriptVersion: versionOf,
    getScriptSnapshot: snapshotOf,
    getCurrentDirectory: () => cwd,
    getDefaultLibFileName: options => ts.getDefaultLibFilePath(options),
    resolveModuleNameLiterals: (names, from, _redirect, compilerOptions) =>
      names.map(({ text }) => resolution.resolveModule(text, from, compilerOptions)),
    resolveTypeReferenceDirectiveReferences: (names, from, _redirect, compilerOptions) =>
      names.map(name =>
        resolution.resolveTypes(typeof name === 'string' ? name : name.fileName, from, compilerOptions),
      ),
    fileExists: path => resolution.fileExists(path),
    readFile: path => memory.get(path)?.text ?? ts.sys.readFile(path),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  };
}

function diskVersion(path: string): string {
  return `disk ${ts.sys.getModifiedTime?.(path)?.getTime() ?? 'missing'}`;
}
