import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    exclude: ['bench/**', 'references/**'],
    globalSetup: ['fixtures/temporary-folder.ts', 'fixtures/software-vulkan.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
