import { join } from 'node:path';
import { ensureVenv } from './venv.ts';
import { runVitest } from './vitest.ts';

/**
 * Runs `npm run test:references`: compares our code with other implementations on large inputs, where `npm test`
 * uses a sample or their recorded results. Their Python packages are installed in `build/references-venv`.
 *
 * @param root the project's folder.
 * @param argv handed to vitest: `npm run test:references -- tokenize` runs the tests of that name.
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const venv = await ensureVenv(
    join(root, 'build', 'references-venv'),
    join(root, 'test', 'references', 'requirements.txt'),
  );
  const env = { IMITATION_LAB_REFERENCES_PYTHON: venv.python };
  await runVitest(root, ['run', '--config', 'test/references/vitest.config.ts', ...argv], env);
}
