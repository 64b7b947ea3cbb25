import type { LockedProcess } from './locked-process.ts';
import { processUsage } from './process-usage.ts';
import type { Report } from './task.ts';
import type { PythonVerdict } from './verdict.ts';

/** Limits of a process. */
export interface ProcessLimits {
  /** Milliseconds for Node and Python to start. */
  start: number;
  /** Seconds of processor time from the program's start until the process is killed. */
  processor: number;
  /**
   * Milliseconds from the program's start until the process is killed, however little processor time it got. Where the
   * system does not measure that, the program has {@link ProcessLimits.processor} of elapsed time instead.
   */
  program: number;
  /** Bytes of physical memory of the whole process. */
  memory: number;
}

/** Milliseconds between two looks at what a process uses. */
const WATCH = 100;

/** Most bytes that a process may report: what a program printed, escaped, and its exception. */
const REPORT_BYTES = 8 * 2 ** 20;

/** Most characters that are kept of a detail, and of what a process says on standard error. */
const DETAIL_LENGTH = 4_000;

const VERDICTS = ['passed', 'failed', 'timed out', 'out of memory', 'unsupported'] as const;

/**
 * Waits for the verdict of the sandbox's process, and kills the process when it has given one or has gone
 * beyond a limit. The process is not trusted: whatever it prints is bounded and checked.
 */
export function watchProcess(child: LockedProcess, limits: ProcessLimits): Promise<PythonVerdict> {
  return new Promise(resolve => new ProcessWatch(child, limits, resolve));
}

/** The watch over one process until its verdict. */
class ProcessWatch {
  readonly #child: LockedProcess;
  readonly #limits: ProcessLimits;
  readonly #resolve: (verdict: PythonVerdict) => void;
  readonly #looks: NodeJS.Timeout;
  #clock: NodeJS.Timeout;
  #printed = '';
  #errors = '';
  /** Start of the program, and the processor time of the process until then. */
  #began: { at: number; processor: number } | undefined;
  /** Processor time of the program, as it was measured last; undefined where it was not. */
  #processor: number | undefined;
  #ended = false;

  constructor(child: LockedProcess, limits: ProcessLimits, resolve: (verdict: PythonVerdict) => void) {
    this.#child = child;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#looks = setInterval(() => this.#look(), WATCH);
    this.#clock = setTimeout(
      () => this.#end('error', `Python did not start in ${limits.start / 1000} s`),
      limits.start,
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-DETAIL_LENGTH);
    });
    child.once('error', error => this.#end('error', error.message));
    child.once('close', (code, signal) => this.#close(code, signal));
  }

  async #look(): Promise<void> {
    const usage = this.#child.pid === undefined ? null : await processUsage(this.#child.pid);
    if (usage === null) return;
    if (this.#began !== undefined) this.#processor = usage.processor - this.#began.processor;
    if (usage.memory > this.#limits.memory)
      this.#end('out of memory', `the process held ${usage.memory} bytes`);
    else if ((this.#processor ?? 0) > this.#limits.processor) this.#end('timed out', '');
  }

  #read(text: string): void {
    this.#printed += text;
    const [first, second] = this.#printed.split('\n').slice(0, -1);
    if (this.#began === undefined && first !== undefined) {
      this.#began = { at: performance.now(), processor: readStart(first) };
      clearTimeout(this.#clock);
      this.#clock = setTimeout(() => this.#endByClock(), this.#limits.program);
    }
    if (this.#printed.length > REPORT_BYTES) this.#end('failed', 'the process reported without end');
    else if (second !== undefined) this.#endByReport(readReport(second));
  }

  #endByReport(report: Report | undefined): void {
    const verdict = VERDICTS.find(verdict => verdict === report?.verdict);
    if (report === undefined || verdict === undefined)
      this.#end('failed', 'the process gave no readable verdict');
    else if (report.seconds > this.#limits.processor) this.#end('timed out', '', report);
    else this.#end(verdict, report.detail.slice(0, DETAIL_LENGTH), report);
  }

  #endByClock(): void {
    const { processor, program } = this.#limits;
    if (this.#processor === undefined) {
      this.#end('timed out', '');
      return;
    }
    const had = `${this.#processor.toFixed(2)} of its ${processor} s of processor time`;
    this.#end('error', `the machine's load left the program ${had} in ${program / 1000} s`);
  }

  #close(code: number | null, signal: NodeJS.Signals | null): void {
    const reason = `${signal ?? `exit code ${code}`}`;
    if (this.#began === undefined) this.#end('error', this.#errors.trim() || `the process ended (${reason})`);
    else if (/heap out of memory|Array buffer allocation failed/.test(this.#errors))
      this.#end('out of memory', '');
    else this.#end('failed', `the interpreter ended (${reason})`);
  }

  /** Resolves with the verdict once the process is gone. The first call counts. */
  #end(verdict: PythonVerdict['verdict'], detail: string, report?: Report): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#clock);
    clearInterval(this.#looks);
    const elapsed = this.#began === undefined ? 0 : (performance.now() - this.#began.at) / 1000;
    const { stdout = '', seconds = this.#processor ?? elapsed } = report ?? {};
    const result = { verdict, detail, stdout, seconds };
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) this.#resolve(result);
    else this.#child.once('exit', () => this.#resolve(result));
    this.#child.kill('SIGKILL');
  }
}

/** Parses the line before the program: the processor time until then, in seconds; 0 where there is none. */
function readStart(line: string): number {
  try {
    const { started } = JSON.parse(line);
    return typeof started === 'number' ? started : 0;
  } catch {
    return 0;
  }
}

/** Parses a line as a report, if it is one: whatever a program may have put in its place is none. */
function readReport(line: string): Report | undefined {
  try {
    const { verdict, detail, stdout, seconds } = JSON.parse(line);
    const texts = [verdict, detail, stdout].every(text => typeof text === 'string');
    return texts && typeof seconds === 'number' ? { verdict, detail, stdout, seconds } : undefined;
  } catch {
    return undefined;
  }
}
