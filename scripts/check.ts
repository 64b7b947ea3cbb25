import { join } from 'node:path';
import { runStep } from './step.mjs';
import { runVitest } from './vitest.ts';

/**
 * Checks lint, format, words and the types of the tests; the types of everything else were checked by the build.
 *
 * @param root the project's folder.
 * @throws {ScriptError} at the first check that fails, with its output.
 */
export async function check(root: string): Promise<void> {
  const tool = (...path: string[]) => join(root, 'node_modules', ...path);
  const node = (title: string, ...args: string[]) => runStep(title, process.execPath, args, { cwd: root });
  await node('Check lint and format', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.');
  await node('Check words', join(root, 'scripts', 'check-words.mjs'));
  await node('Check types of the tests', tool('typescript', 'bin', 'tsc'), '-p', 'test');
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
