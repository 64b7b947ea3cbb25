import { defineConfig } from 'vitest/config';

/** Benchmarks, one file each, run alone: `vitest run --config test/bench/vitest.config.ts [NAME]`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.ts'],
    exclude: ['vitest.config.ts'],
    fileParallelism: false,
    testTimeout: 1_800_000,
    disableConsoleIntercept: true,
  },
});
