import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/** The oldest Python that JupyterLab 4.6 runs on. */
const MINIMUM: readonly [number, number] = [3, 10];
const CANDIDATES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const PROBE = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

/**
 * Finds a Python that can make virtual environments.
 *
 * @param candidates commands to try, in order; `IMITATION_LAB_PYTHON` comes first.
 * @returns the command.
 * @throws {SetupError} naming what each candidate lacks.
 */
export async function findPython(candidates: readonly string[] = CANDIDATES): Promise<string> {
  const tried: string[] = [];
  for (const command of [process.env.IMITATION_LAB_PYTHON ?? [], ...candidates].flat()) {
    const found = await probe(command);
    if (found === true) return command;
    tried.push(`  ${command}: ${found}`);
  }
  throw new SetupError(
    `JupyterLab needs Python ${MINIMUM.join('.')} or newer with its venv module. Tried:\n${tried.join('\n')}\n\n` +
      'On Debian or Ubuntu: apt-get install python3-venv. On macOS: brew install python3.\n' +
      'A Python elsewhere can be named by IMITATION_LAB_PYTHON.',
  );
}

async function probe(command: string): Promise<true | string> {
  try {
    const { stdout } = await run(command, ['-c', PROBE]);
    const [major = 0, minor = 0] = stdout.trim().split('.').map(Number);
    const [needMajor, needMinor] = MINIMUM;
    return major > needMajor || (major === needMajor && minor >= needMinor) || `is version ${stdout.trim()}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'not found';
    return error instanceof Error && /No module named (\S+)/.test(error.message)
      ? `has no module ${/No module named (\S+)/.exec(error.message)?.[1]}`
      : 'cannot run';
  }
}
