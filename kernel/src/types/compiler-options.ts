import { join } from 'node:path';
import ts from 'typescript';

/** Options of a notebook's checks, and the errors of its `tsconfig.json`. */
export interface NotebookConfig {
  options: ts.CompilerOptions;
  errors: readonly ts.Diagnostic[];
}

/** Strict, and what a `tsconfig.json` may change. */
const DEFAULTS: ts.CompilerOptions = {
  strict: true,
  lib: ['lib.es2023.d.ts'],
  allowJs: true,
  skipLibCheck: true,
};

/** Options that follow from how the kernel runs a cell; no `tsconfig.json` changes them. */
const FIXED: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  // A cell's names are used by later cells, which are not written yet.
  noUnusedLocals: false,
  noUnusedParameters: false,
  // Cells import types from each other as they import values.
  isolatedModules: false,
  verbatimModuleSyntax: false,
};

/** "No inputs were found": cells are not files of the project. */
const NO_INPUTS = 18003;

/** Reads the compiler options of a notebook in `folder`, from its own `tsconfig.json` where there is one. */
export function readNotebookConfig(folder: string): NotebookConfig {
  const path = join(folder, 'tsconfig.json');
  const read = ts.sys.fileExists(path) ? ts.readConfigFile(path, ts.sys.readFile) : { config: {} };
  const host = { ...ts.sys, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(read.config ?? {}, host, folder, undefined, path);
  const { types = [], ...options } = parsed.options;
  return {
    options: { ...DEFAULTS, ...options, ...FIXED, types: [...new Set(['node', ...types])] },
    errors: [...(read.error ? [read.error] : []), ...parsed.errors].filter(({ code }) => code !== NO_INPUTS),
  };
}
