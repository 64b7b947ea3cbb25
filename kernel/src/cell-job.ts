import { CellOutputs } from './cell-outputs.ts';
import type { ExecuteOptions, ExecuteResult } from './execute-options.ts';
import type { Outcome, ToChild } from './frames.ts';

/** A cell that is to run, from the request to its result. */
export class CellJob {
  /** Until it is sent to the child it may be refused; once it ends, nothing else can end it. */
  state: 'waiting' | 'sent' | 'ending' = 'waiting';
  /** The number in `In [n]`, once its turn has come. */
  count = 0;
  readonly id: number;
  readonly options: ExecuteOptions;
  readonly outputs: CellOutputs;
  /** Settles with the result. */
  readonly result: Promise<ExecuteResult>;
  readonly #code: string;
  #resolve: (result: ExecuteResult) => void = () => {};

  constructor(id: number, code: string, options: ExecuteOptions) {
    this.id = id;
    this.#code = code;
    this.options = options;
    this.outputs = new CellOutputs(output => {
      if (!options.silent) options.onOutput?.(output);
    });
    this.result = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  /** Returns true if the cell is counted. */
  get counts(): boolean {
    return this.options.storeHistory !== false && !this.options.silent;
  }

  /** Returns the order to the child to run it. */
  order(): ToChild {
    const { silent = false, userExpressions: expressions = {} } = this.options;
    return { type: 'execute', id: this.id, code: this.#code, count: this.count, silent, expressions };
  }

  /** Settles the result of a cell that ran, or was refused. */
  settle(outcome: Outcome): void {
    const executionCount = this.count;
    this.#resolve(
      outcome.status === 'ok'
        ? { status: 'ok', executionCount, userExpressions: outcome.expressions }
        : { status: 'error', executionCount, ...outcome.error },
    );
  }

  /** Settles the result of a cell that does not run, or whose process is given up. */
  abort(executionCount = this.count): void {
    this.outputs.flush();
    this.#resolve({ status: 'aborted', executionCount });
  }
}
