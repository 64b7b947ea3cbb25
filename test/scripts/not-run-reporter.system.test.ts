import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the project, so that its test file finds vitest. */
const FOLDER = join(ROOT, 'build', 'not-run-reporter');

const CONFIG = `
import { defineConfig } from 'vitest/config';
import { NotRunReporter } from '../../test/fixtures/not-run-reporter.ts';
export default defineConfig({ test: { reporters: [new NotRunReporter()] } });
`;
const TESTS = `
import { describe, test } from 'vitest';
import { requires } from '../../test/fixtures/requires.ts';
describe('with a lamp', requires(false, 'no lamp on this machine'), () => {
  test('reads', () => {});
  test('writes', () => {});
});
test('runs', requires(true, 'never'), () => {});
test('gives up', ({ skip }) => skip('too dark'));
`;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'vitest.config.ts'), CONFIG);
  await writeFile(join(FOLDER, 'lamp.test.ts'), TESTS);
});
afterAll(() => rm(FOLDER, { recursive: true }));

const vitest = async (...args: string[]) => {
  const command = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { IMITATION_LAB_NO_WEBGPU: _, ...env } = process.env;
  return (await run(process.execPath, [command, 'run', '--root', FOLDER, ...args], { env })).stdout;
};

test('a run ends with what did not run, by reason', async () => {
  expect(await vitest()).toBe(
    [
      'not run: no lamp on this machine (2 tests)',
      '  lamp.test.ts > with a lamp > reads',
      '  lamp.test.ts > with a lamp > writes',
      'not run: too dark (1 test)',
      '  lamp.test.ts > gives up',
      '',
    ].join('\n'),
  );
});

test('tests that the user left out by name are not listed', async () => {
  expect(await vitest('-t', 'runs')).toBe('');
});
