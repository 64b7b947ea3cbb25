import { join } from 'node:path';
import { fetchRecord } from 'imitation-lab/data';
import { ensureChromium } from './chromium.ts';
import { ensureJupyterLab } from './jupyter-lab.ts';
import { ensureSwiftShader } from './software-vulkan.ts';
import { runStep, say } from './step.mjs';
import { runVitest } from './vitest.ts';

/**
 * Runs `npm test`: installs what is missing, then checks types, lint and format, and runs every test.
 *
 * @param root the project's folder.
 * @param argv handed to vitest: `npm test -- kernel` runs the tests whose path holds "kernel".
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const tool = (...path: string[]) => join(root, 'node_modules', ...path);
  const node = (title: string, ...args: string[]) => runStep(title, process.execPath, args, { cwd: root });
  const chromium = await ensureChromium();
  // Where it is not available, the tests report themselves as not run.
  await ensureSwiftShader().catch(() => undefined);
  await ensureJupyterLab(root);
  await node('Check lint and format', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.');
  await node('Check types of the tests', tool('typescript', 'bin', 'tsc'), '-p', 'test');
  const env = { CHROMIUM_PATH: chromium, IMITATION_LAB_RECORDS: await records() };
  await runVitest(root, ['run', '--config', 'test/vitest.config.ts', ...argv], env);
}

/** Tries to load the smallest public record from the mirror, the cache or the network. */
async function records(): Promise<'reachable' | 'unreachable'> {
  try {
    await fetchRecord('fastchat/models', { tries: 1 });
    return 'reachable';
  } catch (error) {
    say(`Tests on public records are left out. ${error instanceof Error ? error.message : error}`);
    return 'unreachable';
  }
}
