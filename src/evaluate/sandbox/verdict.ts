/** End of a program. */
export interface PythonVerdict {
  /**
   * `passed`: to its end, nothing raised. `failed`: it raised or stopped the interpreter. `unsupported`: it raised since
   * it imports numpy, which the sandbox lacks. `error`: the sandbox failed before the program began, or the machine's load
   * stopped it. Of the last two, nothing is known of the program.
   */
  verdict: 'passed' | 'failed' | 'timed out' | 'out of memory' | 'unsupported' | 'error';
  /** Error that was raised, such as `AssertionError: (line 12)`, or what stopped it; empty if it passed. */
  detail: string;
  /** The beginning of what the program printed; empty if it was killed. */
  stdout: string;
  /** Processor time of the program alone, in seconds; elapsed time where the system does not measure it. */
  seconds: number;
}
