import { fetchRecord } from 'imitation-lab/data';
import { check } from './check.ts';
import { ensureChromium } from './chromium.ts';
import { ensureJupyterLab } from './jupyter-lab.ts';
import { ensureSwiftShader } from './software-vulkan.ts';
import { ScriptError, say } from './step.mjs';
import { runVitest } from './vitest.ts';

/** A command that runs tests. */
interface Suite {
  /** Kinds of test, as `test/vitest.config.ts` names them. */
  kinds: readonly string[];
  /** Checks types, lint and words first. */
  check: boolean;
  /** Requires JupyterLab and a browser. */
  browser: boolean;
  /** Reason why tests on the backend `webgpu`, which is slow in software, do not run. */
  noWebgpu?: string;
}

const SUITES: Readonly<Record<string, Suite>> = {
  all: { kinds: ['unit', 'system'], check: true, browser: true },
  unit: { kinds: ['unit'], check: false, browser: false, noWebgpu: 'they are part of npm test' },
  install: { kinds: ['install'], check: false, browser: true },
  faults: { kinds: ['faults'], check: false, browser: false },
};

/**
 * Runs `npm test` and its parts: installs what is missing, then runs every test that belongs to the suite.
 *
 * @param root the project's folder.
 * @param argv the suite's name; the rest is passed to vitest: `npm test -- kernel` runs the tests whose path contains
 *   "kernel".
 */
export async function main(root: string, [name = '', ...argv]: readonly string[]): Promise<void> {
  const suite = SUITES[name];
  if (suite === undefined) {
    throw new ScriptError(`Unknown suite "${name}": it must be one of ${Object.keys(SUITES).join(', ')}`);
  }
  const env: NodeJS.ProcessEnv = { IMITATION_LAB_RECORDS: await records() };
  if (suite.browser) {
    env.CHROMIUM_PATH = await ensureChromium();
    await ensureJupyterLab(root);
  }
  if (suite.noWebgpu !== undefined) env.IMITATION_LAB_NO_WEBGPU = suite.noWebgpu;
  // Where SwiftShader is not available, the tests that require it are reported as not run.
  else await ensureSwiftShader().catch(() => undefined);
  if (suite.check) await check(root);
  const projects = suite.kinds.flatMap(kind => ['--project', kind]);
  await runVitest(root, ['run', '--config', 'test/vitest.config.ts', ...projects, ...argv], env);
}

/** Tries to load the smallest public record from the mirror, the cache or the network. */
async function records(): Promise<'reachable' | 'unreachable'> {
  try {
    await fetchRecord('fastchat/models', { tries: 1 });
    return 'reachable';
  } catch (error) {
    say(`Tests on public records do not run. ${error instanceof Error ? error.message : error}`);
    return 'unreachable';
  }
}
