import { defineConfig } from 'vitest/config';

/** Comparisons with other implementations at length, one file each: `npm run test:references [-- NAME]`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: '../fixtures/temporary-folder.ts',
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
