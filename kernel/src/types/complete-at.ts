import ts from 'typescript';
import { importPathBefore } from './complete-import.ts';
import type { OpenCell } from './open-cell.ts';
import { withoutCellPaths } from './open-cell.ts';
import type { Completion } from './type-service.ts';

/** Matches whose signatures are reported: each costs TypeScript up to 0.5 ms. */
const SIGNATURES = 24;

/** Names a type by its alias, not by `import("…")` of its file. */
const SHORT = ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

const PREFERENCES: ts.GetCompletionsAtPositionOptions = {
  includeCompletionsWithInsertText: true,
  includeSymbol: true,
};

/**
 * Lists the names that continue what is written before `offset` (UTF-16, in the cell's own text).
 *
 * @param importable what may be imported here beside what the notebook's folder offers.
 */
export function completeAt(
  { service, path, start, code }: OpenCell,
  offset: number,
  importable: readonly ts.CompletionEntry[],
): Completion {
  const position = start + offset;
  const offered = service.getCompletionsAtPosition(path, position, PREFERENCES)?.entries ?? [];
  // A name that needs more than itself written (`?.name`, `["a name"]`) does not replace the word.
  const plain = [...offered, ...importable].filter(({ name, insertText }) => (insertText ?? name) === name);
  const from = wordStart(code, offset, plain.find(entry => entry.replacementSpan)?.replacementSpan, start);
  const written = code.slice(from, offset);
  const named = new Map(
    plain.filter(({ name }) => name.startsWith(written)).map(entry => [entry.name, entry]),
  );
  const entries = [...named.values()];
  entries.sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name));

  const program = service.getProgram();
  const signatureOf = (symbol: ts.Symbol | undefined): { signature?: string } => {
    if (!symbol || !program) return {};
    const checker = program.getTypeChecker();
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const [signature] = checker.getTypeOfSymbol(origin).getCallSignatures();
    if (!signature) return {};
    return {
      signature: withoutCellPaths(checker.signatureToString(signature, program.getSourceFile(path), SHORT)),
    };
  };

  return {
    matches: entries.map(({ name }) => name),
    start: from,
    end: offset,
    types: entries.map((entry, index) => ({
      text: entry.name,
      type: entry.kind,
      ...(index < SIGNATURES ? signatureOf(entry.symbol) : {}),
    })),
  };
}

/**
 * Finds the beginning of the word being completed: after the last `/` of a path, or where TypeScript says, or at an
 * identifier.
 */
function wordStart(code: string, offset: number, span: ts.TextSpan | undefined, start: number): number {
  const importPath = importPathBefore(code, offset);
  if (importPath !== undefined) return offset - (importPath.length - importPath.lastIndexOf('/') - 1);
  if (span) return span.start - start;
  return offset - (/[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, offset))?.[0].length ?? 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
