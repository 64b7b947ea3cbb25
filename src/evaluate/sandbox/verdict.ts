/** End of a program. */
export interface PythonVerdict {
  /**
   * `passed`: to its end, nothing raised. `failed`: it raised or stopped the interpreter. `error`: the sandbox
   * itself failed before the program began, so nothing is known of the program.
   */
  verdict: 'passed' | 'failed' | 'timed out' | 'out of memory' | 'error';
  /** Error that was raised, such as `AssertionError: (line 12)`, or what stopped it; empty if it passed. */
  detail: string;
  /** The beginning of what the program printed; empty if it was killed. */
  stdout: string;
  /** Time of the program alone, in seconds. */
  seconds: number;
}
