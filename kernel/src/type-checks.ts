import type { ErrorContent, StreamOutput } from './outputs.ts';
import type { CellDiagnostic, TypeService } from './types/type-service.ts';

/** Effect of a type error in a cell: it keeps it from running, is reported beside it, or is ignored. */
export type CheckPolicy = 'block' | 'warn' | 'off';

/**
 * Reads the setting `IMITATION_LAB_TYPES`; without it, type errors warn.
 *
 * @throws {Error} if it is not one of the three.
 */
export function checkPolicy(setting: string | undefined): CheckPolicy {
  if (setting === undefined || setting === '') return 'warn';
  if (setting === 'block' || setting === 'warn' || setting === 'off') return setting;
  throw new Error(`Cannot set type checks: IMITATION_LAB_TYPES must be block, warn or off, it is ${setting}`);
}

/** Type checks of the cells of one notebook, beside their execution. */
export class TypeChecks {
  readonly service: TypeService;
  readonly policy: CheckPolicy;

  constructor(service: TypeService, policy: CheckPolicy) {
    this.service = service;
    this.policy = policy;
  }

  /** Lets the service read the types that every cell sees, before anyone waits for its first answer. */
  warmUp(): void {
    this.service.check('').catch(() => {});
  }

  /** Returns the error that keeps a cell from running where type errors block, if it has one. */
  async refuse(code: string): Promise<ErrorContent | undefined> {
    const errors = (await this.service.check(code)).filter(({ category }) => category === 'error');
    const [first] = errors;
    if (!first) return undefined;
    return { ename: 'TypeScriptError', evalue: describe(first), traceback: errors.map(describe) };
  }

  /**
   * Starts to check a cell that runs. Call the result when the cell has ended well: its declarations are known from
   * then on, and what the check found, if types are to warn, is passed to `warn`, at once or when it is ready.
   */
  check(code: string, warn: (output: StreamOutput) => void): () => void {
    const found = this.policy === 'warn' ? this.service.check(code) : Promise.resolve([]);
    let ready: CellDiagnostic[] | undefined;
    found.then(
      diagnostics => {
        ready = diagnostics;
      },
      () => {},
    );
    const report = (diagnostics: CellDiagnostic[]): void => {
      if (diagnostics.length === 0) return;
      warn({ output_type: 'stream', name: 'stderr', text: `${diagnostics.map(describe).join('\n')}\n` });
    };
    return () => {
      if (ready) report(ready);
      else found.then(report, () => {});
      this.service.commit(code).catch(() => {});
    };
  }
}

function describe({ line, column, code, category, message }: CellDiagnostic): string {
  return `${line}:${column} ${category} TS${code}: ${message}`;
}
