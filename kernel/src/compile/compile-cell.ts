import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Program } from 'estree';
import { parseSync } from 'oxc-parser';
import type { KnownNames } from './cell.ts';
import type { BindingKind } from './references.ts';
import { rewriteCell } from './rewrite.ts';
import { transpile } from './transpile.ts';

/** A place in a text; both count from 1, columns in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** A cell ready to run. */
export interface CompiledCell {
  /** JavaScript: an expression whose value is the cell's function. */
  code: string;
  /** The names it declares at its top level. */
  declared: Map<string, BindingKind>;
  /** Returns the place in the cell's own text of a place in `code`, if it has one. */
  originalPosition(generated: Position): Position | undefined;
}

/**
 * Compiles a TypeScript cell to the code of a function over the shared scope.
 *
 * @throws {SourceSyntaxError} if the cell does not parse.
 */
export function compileCell(source: string, known: KnownNames): CompiledCell {
  const shift = isObjectLiteral(source) ? 1 : 0;
  const { code, map } = transpile('cell.ts', shift ? `(${source}\n)` : source);
  const { program } = parseSync('cell.js', code, {
    lang: 'js',
    sourceType: 'module',
    preserveParens: false,
    range: true,
  });
  const { text, declared } = rewriteCell(code, program as unknown as Program, known);
  let maps: TraceMap[] | undefined;
  return {
    code: text.toString(),
    declared,
    originalPosition(generated) {
      maps ??= [new TraceMap(text.generateMap({ hires: 'boundary' }) as never), new TraceMap(map as never)];
      let { line, column } = generated;
      for (const trace of maps) {
        const found = originalPositionFor(trace, { line, column: column - 1 });
        if (found.line === null) return undefined;
        line = found.line;
        column = found.column + 1;
      }
      return { line, column: line === 1 ? Math.max(1, column - shift) : column };
    },
  };
}

/** `{ a: 1, b }` alone in a cell is meant as an object, though a module would read a block. */
function isObjectLiteral(source: string): boolean {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(source)) return false;
  return parseSync('cell.ts', `(${source}\n)`, { lang: 'ts', sourceType: 'module' }).errors.length === 0;
}
