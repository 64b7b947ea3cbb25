import { join } from 'node:path';
import { ensureVenv } from './venv.ts';
import { runVitest } from './vitest.ts';

/**
 * `npm run test:references`: holds our code to other implementations at length, where `npm test` holds it to
 * a sample or to what they were recorded to do. Their Python packages go to `build/references-venv`.
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
