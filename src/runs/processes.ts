import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isErrno } from '../files/index.ts';

/**
 * Runs a command to its end.
 *
 * @param purpose of the command, in words that follow "Cannot": `download tensorflow`.
 * @returns what it printed to standard output.
 * @throws {Error} saying what is missing, or with the last lines that the command printed.
 */
export async function runCommand(purpose: string, command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 64 * 2 ** 20 });
    return stdout;
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(`Cannot ${purpose}: ${command} must be installed, found none`);
    const tail = `${stdout}${stderr}`.trimEnd().split('\n').slice(-12).join('\n');
    throw new Error(`Cannot ${purpose}: ${command} ended with ${code}\n${tail}`, { cause: error });
  }
}

/** Reports whether a process of this machine is running. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}
