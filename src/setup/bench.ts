import { runVitest } from './vitest.ts';

/**
 * `npm run bench`: measures beside the peers, in one run, and writes the figures to `build/bench`.
 *
 * @param root the project's folder.
 * @param argv names of benchmarks; all by default.
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  await runVitest(root, ['run', '--config', 'test/bench/vitest.config.ts', ...argv]);
}
