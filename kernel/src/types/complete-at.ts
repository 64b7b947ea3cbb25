import ts from 'typescript';
import { importPathBefore } from './complete-import.ts';
import type { OpenCell } from './open-cell.ts';
import { withoutCellPaths } from './open-cell.ts';
import type { Completion } from './type-service.ts';

/** Signatures are told of the first so many matches: each costs TypeScript up to 1 ms. */
const SIGNATURES = 16;

const SIGNED = new Set<string>([
  ts.ScriptElementKind.functionElement,
  ts.ScriptElementKind.localFunctionElement,
  ts.ScriptElementKind.memberFunctionElement,
]);

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  importModuleSpecifierEnding: 'minimal',
};

/**
 * The names that go on from what is written before `offset` (UTF-16, in the cell's own text).
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

  const signatureOf = ({ name, kind }: ts.CompletionEntry, index: number): { signature?: string } => {
    if (index >= SIGNATURES || !SIGNED.has(kind)) return {};
    const details = service.getCompletionEntryDetails(
      path,
      position,
      name,
      {},
      undefined,
      PREFERENCES,
      undefined,
    );
    const text = ts.displayPartsToString(details?.displayParts);
    const open = text.indexOf('(', text.startsWith('(') ? 1 : 0);
    return open < 0 ? {} : { signature: withoutCellPaths(text.slice(open)) };
  };

  return {
    matches: entries.map(({ name }) => name),
    start: from,
    end: offset,
    types: entries.map((entry, index) => ({
      text: entry.name,
      type: entry.kind,
      ...signatureOf(entry, index),
    })),
  };
}

/** Where the word being completed begins: after the last `/` of a path, or where TypeScript says, or at an identifier. */
function wordStart(code: string, offset: number, span: ts.TextSpan | undefined, start: number): number {
  const importPath = importPathBefore(code, offset);
  if (importPath !== undefined) return offset - (importPath.length - importPath.lastIndexOf('/') - 1);
  if (span) return span.start - start;
  return offset - (/[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, offset))?.[0].length ?? 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
