import { transformSync } from 'oxc-transform';
import { SourceSyntaxError, syntaxFaults } from './syntax-error.ts';

/** The fields of a source map (version 3) that tracing needs. */
export interface SourceMap {
  version: number;
  mappings: string;
  names: string[];
  sources: string[];
}

/**
 * Transpiles TypeScript to JavaScript: types vanish, enums and parameter properties become code. Value imports are
 * kept even if nothing uses them; `import type` vanishes.
 *
 * @throws {SourceSyntaxError} if the source does not parse.
 */
export function transpile(name: string, source: string): { code: string; map: SourceMap } {
  const lang = name.endsWith('x') ? 'tsx' : 'ts';
  const { code, map, errors } = transformSync(name, source, {
    lang,
    sourceType: 'module',
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = errors;
  if (error || !map) throw new SourceSyntaxError(syntaxFaults(source, error?.message ?? 'no output'));
  return { code, map };
}
