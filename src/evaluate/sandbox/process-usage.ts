import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parseStat } from './child/processor-time.mjs';

/** Resources that a process uses. */
export interface ProcessUsage {
  /** Bytes of physical memory. */
  memory: number;
  /** Seconds of processor time since it started: on Linux of its first thread, which compiles nothing, else of all. */
  processor: number;
}

/** True where {@link processUsage} measures anything. */
export const MEASURES_PROCESSOR = process.platform !== 'win32';

/**
 * Measures what a process uses now; null where it has ended or the system does not report it.
 *
 * @param pid the process's id.
 */
export async function processUsage(pid: number): Promise<ProcessUsage | null> {
  if (!MEASURES_PROCESSOR) return null;
  try {
    if (process.platform === 'linux') {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8');
      const [status, stat] = await Promise.all([read('status'), read(`task/${pid}/stat`)]);
      return parseProcFiles(status, stat);
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
    return parsePs(stdout);
  } catch {
    return null;
  }
}

/** Parses Linux's files `status` of a process and `stat` of a thread; null where one lacks a number, as of a process that has ended. */
export function parseProcFiles(status: string, stat: string): ProcessUsage | null {
  const memory = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
  const processor = parseStat(stat);
  return memory === undefined || Number.isNaN(processor)
    ? null
    : { memory: Number(memory) * 1024, processor };
}

/** Parses a line of `ps -o rss=,time=`: kibibytes, then `MINUTES:SECONDS` or `[DAYS-]HOURS:MINUTES:SECONDS`; else null. */
export function parsePs(line: string): ProcessUsage | null {
  const [, memory, days = 0, clock] = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? [];
  if (memory === undefined || clock === undefined) return null;
  const seconds = clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  return { memory: Number(memory) * 1024, processor: Number(days) * 86_400 + seconds };
}
