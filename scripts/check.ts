import { join } from 'node:path';
import { runStep } from './step.mjs';
import { runVitest } from './vitest.ts';

/**
 * Checks lint, format, words and the types of the tests side by side; the types of everything else were checked by the
 * build.
 *
 * @param root the project's folder.
 * @throws {ScriptError} of the first check in this order that fails, with its output, when all have ended.
 */
export async function check(root: string): Promise<void> {
  const tool = (...path: string[]) => join(root, 'node_modules', ...path);
  const node = (title: string, ...args: string[]) => runStep(title, process.execPath, args, { cwd: root });
  const checks = await Promise.allSettled([
    node('Check lint and format', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'),
    node('Check words', join(root, 'scripts', 'check-words.mjs')),
    node('Check types of the tests', tool('typescript', 'bin', 'tsc'), '-p', 'test'),
  ]);
  for (const ended of checks) if (ended.status === 'rejected') throw ended.reason;
}

/** Runs `npm run check`: what can be checked without running the code, and the rules of the architecture. */
export async function main(root: string): Promise<void> {
  await check(root);
  await runVitest(root, [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    'unit',
    'architecture.test.ts',
  ]);
}
