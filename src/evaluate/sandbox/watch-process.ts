import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { LockedProcess } from './locked-process.ts';
import type { Report } from './task.ts';
import type { PythonVerdict } from './verdict.ts';

/** Limits of a process. */
export interface ProcessLimits {
  /** Milliseconds for Node and Python to start. */
  start: number;
  /** Milliseconds from the program's start until the process is killed. */
  program: number;
  /** Bytes of physical memory of the whole process. */
  memory: number;
}

/** Milliseconds between two looks at a process's memory. */
const WATCH = 100;

/** Most bytes that a process may report: what a program printed, escaped, and its exception. */
const REPORT_BYTES = 8 * 2 ** 20;

/** Most characters that are kept of a detail, and of what a process says on standard error. */
const DETAIL_LENGTH = 4_000;

const VERDICTS = ['passed', 'failed', 'timed out', 'out of memory'] as const;

/**
 * Waits for the verdict of the sandbox's process, and kills the process when it has given one or has gone
 * beyond a limit. The process is not trusted: whatever it prints is bounded and checked.
 */
export function watchProcess(child: LockedProcess, limits: ProcessLimits): Promise<PythonVerdict> {
  return new Promise(resolve => {
    let printed = '';
    let errors = '';
    let started: number | undefined;
    let clock = setTimeout(
      () => end('error', `Python did not start in ${limits.start / 1000} s`),
      limits.start,
    );
    const watch = setInterval(async () => {
      const held = child.pid === undefined ? null : await residentMemory(child.pid);
      if (held !== null && held > limits.memory) end('out of memory', `the process held ${held} bytes`);
    }, WATCH);

    /** The first call counts; the process is gone when the promise resolves. */
    let ended = false;
    function end(verdict: PythonVerdict['verdict'], detail: string, report?: Report): void {
      if (ended) return;
      ended = true;
      clearTimeout(clock);
      clearInterval(watch);
      const { stdout = '', seconds = started === undefined ? 0 : (performance.now() - started) / 1000 } =
        report ?? {};
      const result = { verdict, detail, stdout, seconds };
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve(result);
      else child.once('exit', () => resolve(result));
      child.kill('SIGKILL');
    }

    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.length > REPORT_BYTES) return end('failed', 'the process reported without end');
      const [first, second] = printed.split('\n').slice(0, -1);
      if (started === undefined && first !== undefined) {
        started = performance.now();
        clearTimeout(clock);
        clock = setTimeout(() => end('timed out', 'killed'), limits.program);
      }
      if (second !== undefined) {
        const report = readReport(second);
        const verdict = VERDICTS.find(verdict => verdict === report?.verdict);
        if (report && verdict) end(verdict, report.detail.slice(0, DETAIL_LENGTH), report);
        else end('failed', 'the process gave no readable verdict');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-DETAIL_LENGTH);
    });
    child.once('error', error => end('error', error.message));
    child.once('close', (code, signal) => {
      if (started === undefined)
        return end('error', errors.trim() || `the process ended (${signal ?? code})`);
      if (/heap out of memory|Array buffer allocation failed/.test(errors)) return end('out of memory', '');
      end('failed', `the interpreter ended (${signal ?? `exit code ${code}`})`);
    });
  });
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

/**
 * Measures the physical memory that a process holds, in bytes; null where it has ended or the system does not report
 * it.
 *
 * @param pid the process's id.
 */
async function residentMemory(pid: number): Promise<number | null> {
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return kibibytes(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]);
    }
    if (process.platform === 'win32') return null;
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return kibibytes(/\d+/.exec(stdout)?.[0]);
  } catch {
    return null;
  }
}

function kibibytes(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits) * 1024;
}
