/** Task of the sandbox's process, as JSON on its standard input. */
export interface Task {
  /** Folder of Pyodide's package. */
  pyodide: string;
  /** File of a started Python's memory; null to print such memory instead of running a program. */
  snapshot: string | null;
  /** Python that runs before the program and is not timed; empty for none. */
  prelude: string;
  program: string;
  /** Milliseconds after which the program is stopped where nobody else has stopped it. */
  milliseconds: number;
  /** Bytes of memory that Python may take. */
  memory: number;
  /** Bytes that are kept of what the program prints. */
  outputBytes: number;
}

/**
 * Report of the sandbox's process about a program that has ended. Not to be trusted: the program may have forged it.
 */
export interface Report {
  verdict: string;
  detail: string;
  stdout: string;
  /** Processor time of the program. */
  seconds: number;
}
