import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { ensureJupyterLab } from './jupyter-lab.ts';
import { runStep, SetupError, say } from './step.mjs';

/**
 * `npm test`: sets up what is missing, then types, lint, format, and every test.
 *
 * @param root the project's folder.
 * @param argv handed to vitest: `npm test -- kernel` runs the tests whose path holds "kernel".
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const tool = (...path: string[]) => join(root, 'node_modules', ...path);
  const node = (title: string, ...args: string[]) => runStep(title, process.execPath, args, { cwd: root });
  const chromium = await ensureChromium();
  await ensureJupyterLab(root);
  await node('Check lint and format', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.');
  await node('Check types of the tests', tool('typescript', 'bin', 'tsc'), '-p', 'test');
  if (process.env.IMITATION_LAB_MIRROR === undefined) {
    say('IMITATION_LAB_MIRROR is not set: tests on public records fetch them from their public addresses.');
  }
  await vitest(
    root,
    [tool('vitest', 'vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...argv],
    chromium,
  );
}

function vitest(root: string, args: readonly string[], chromium: string): Promise<void> {
  const env = { ...process.env, CHROMIUM_PATH: chromium };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code =>
      code === 0 ? resolve() : reject(new SetupError('Some tests failed: see above.')),
    );
  });
}
