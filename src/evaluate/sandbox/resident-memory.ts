import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Measures the physical memory that a process holds, in bytes; null where it has ended or the system does not report
 * it.
 *
 * @param pid the process's id.
 */
export async function residentMemory(pid: number): Promise<number | null> {
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
