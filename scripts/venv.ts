import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from 'imitation-lab/setup';
import { hashInputs, isStamped, writeStamp } from './stamp.mjs';
import { runStep } from './step.mjs';

/** A Python virtual environment: its folder and the paths of its commands. */
export interface Venv {
  readonly prefix: string;
  readonly bin: string;
  readonly python: string;
}

/** Returns the paths of the virtual environment in `prefix`, whether or not it exists. */
export function venvAt(prefix: string): Venv {
  const bin = join(prefix, process.platform === 'win32' ? 'Scripts' : 'bin');
  return { prefix, bin, python: join(bin, 'python') };
}

/**
 * Makes a virtual environment with pinned packages; does nothing when it is up to date.
 *
 * @param prefix folder of the environment.
 * @param requirements path of a pip requirements file.
 * @throws {ScriptError} if there is no fit Python, or pip fails.
 */
export async function ensureVenv(prefix: string, requirements: string): Promise<Venv> {
  const venv = venvAt(prefix);
  const stamp = join(prefix, '.imitation-lab-stamp');
  const hash = hashInputs([requirements]);
  if (isStamped(stamp, hash) && existsSync(venv.python)) return venv;
  if (!existsSync(venv.python)) {
    rmSync(prefix, { recursive: true, force: true });
    await runStep('Create virtual environment', await findPython(), ['-m', 'venv', prefix]);
  }
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--requirement', requirements];
  await runStep('Install Python packages', venv.python, install);
  writeStamp(stamp, hash);
  return venv;
}
