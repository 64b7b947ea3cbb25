import ts from 'typescript';
import type { OpenCell } from './open-cell.ts';
import { withoutCellPaths } from './open-cell.ts';
import type { CellDiagnostic } from './type-service.ts';

/** "Could not find a declaration file for module": the package works, its values are `any`. */
const UNTYPED_MODULE = 7016;

/** "Cannot assign to 'x' because it is an import": it may as well be a constant of an earlier cell. */
const ASSIGNED_IMPORT = 2632;

/** Finds syntax errors of the cell or, where there are none, its type errors. */
export function diagnose({ service, path, start, code }: OpenCell): CellDiagnostic[] {
  const syntactic = service.getSyntacticDiagnostics(path);
  const diagnostics = syntactic.length ? syntactic : service.getSemanticDiagnostics(path);
  const own = diagnostics.filter(diagnostic => (diagnostic.start ?? 0) >= start);
  return own.map(({ messageText, start: at = start, code: number, category }) => ({
    message: messageFor(number, withoutCellPaths(ts.flattenDiagnosticMessageText(messageText, '\n'))),
    ...positionOf(code, at - start),
    code: number,
    category: category === ts.DiagnosticCategory.Error && number !== UNTYPED_MODULE ? 'error' : 'warning',
  }));
}

/** Reports the errors of `tsconfig.json` at the cell's beginning. */
export function configDiagnostics(errors: readonly ts.Diagnostic[]): CellDiagnostic[] {
  return errors.map(({ messageText, code }) => ({
    message: `tsconfig.json: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    line: 1,
    column: 1,
    code,
    category: 'warning',
  }));
}

function messageFor(code: number, message: string): string {
  return code === ASSIGNED_IMPORT
    ? message.replace('it is an import', 'it is a constant or an import')
    : message;
}

function positionOf(code: string, offset: number): { line: number; column: number } {
  const before = code.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
