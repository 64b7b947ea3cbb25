import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './fixtures/longest-first.ts';
import { NotRunReporter } from './fixtures/not-run-reporter.ts';

/** Kinds of test by the name of the file: `*.system.test.ts` and so on; all others are unit tests. */
const KINDS = ['system', 'install', 'faults'];

/** Stops a test that hangs. No test depends on it: a busy machine may need many times what an idle one does. */
const HANG_MS = 600_000;

export default defineConfig({
  test: {
    root: import.meta.dirname,
    reporters: ['default', new NotRunReporter()],
    sequence: { sequencer: LongestFirst },
    // One more than there are cores: tests of programs wait for them.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['fixtures/temporary-folder.ts', 'fixtures/software-vulkan.ts'],
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: { timeout: HANG_MS / 2 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Modules, compiled steps and the GPU's programs are made once per worker rather than once per file.
          isolate: false,
          include: ['**/*.test.ts'],
          exclude: [...KINDS.map(kind => `**/*.${kind}.test.ts`), 'bench/**', 'references/**'],
        },
      },
      ...KINDS.map(name => ({ extends: true as const, test: { name, include: [`**/*.${name}.test.ts`] } })),
    ],
  },
});
