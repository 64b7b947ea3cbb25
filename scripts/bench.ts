import { runVitest } from './vitest.ts';

/**
 * Runs `npm run bench`: measures us and our peers in one run, and writes the results to `build/bench`.
 *
 * @param root the project's folder.
 * @param argv names of benchmarks; all by default.
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  await runVitest(root, ['run', '--config', 'test/bench/vitest.config.ts', ...argv]);
}
