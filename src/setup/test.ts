import { join } from 'node:path';
import { fetchRecord } from '../data/index.ts';
import { ensureChromium } from './chromium.ts';
import { ensureJupyterLab } from './jupyter-lab.ts';
import { ensureSwiftShader } from './software-vulkan.ts';
import { runStep, say } from './step.mjs';
import { runVitest } from './vitest.ts';

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
  // Where it cannot be had, the tests say so themselves.
  await ensureSwiftShader().catch(() => undefined);
  await ensureJupyterLab(root);
  await node('Check lint and format', tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.');
  await node('Check types of the tests', tool('typescript', 'bin', 'tsc'), '-p', 'test');
  const env = { CHROMIUM_PATH: chromium, IMITATION_LAB_RECORDS: await records() };
  await runVitest(root, ['run', '--config', 'test/vitest.config.ts', ...argv], env);
}

/** Whether the smallest public record can be had, from the mirror, the cache or the network. */
async function records(): Promise<'reachable' | 'unreachable'> {
  try {
    await fetchRecord('fastchat/models', { tries: 1 });
    return 'reachable';
  } catch (error) {
    say(`Tests on public records are left out. ${error instanceof Error ? error.message : error}`);
    return 'unreachable';
  }
}
