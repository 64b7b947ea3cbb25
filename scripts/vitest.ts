import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ScriptError } from './step.mjs';

/**
 * Runs vitest in this terminal.
 *
 * @param root the project's folder.
 * @throws {ScriptError} if a test fails.
 */
export function runVitest(root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const command = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [command, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code =>
      code === 0 ? resolve() : reject(new ScriptError('Some tests failed: see above.')),
    );
  });
}
