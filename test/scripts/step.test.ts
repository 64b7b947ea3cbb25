import { expect, test } from 'vitest';
import { explainFailure, runStep } from '../../scripts/step.mjs';

test('a full disk, a missing network and a missing venv module are explained', () => {
  expect(explainFailure('npm error code ENOSPC')).toContain('The disk is full');
  expect(explainFailure('OSError: [Errno 28] No space left on device')).toContain('The disk is full');
  expect(explainFailure('getaddrinfo ENOTFOUND packages.example')).toContain('could not be reached');
  expect(explainFailure('Temporary failure in name resolution')).toContain('could not be reached');
  expect(explainFailure('ensurepip is not available')).toContain('apt-get install python3-venv');
  expect(explainFailure('something else')).toBeUndefined();
});

test('a command that succeeds gives what it printed', async () => {
  expect(await runStep('Say hello', process.execPath, ['-e', 'console.log("hello")'])).toBe('hello\n');
});

test('a command that fails is named, with its last words and the cause', async () => {
  const failing = runStep('Fill the disk', process.execPath, [
    '-e',
    'console.error("ENOSPC: write"); process.exit(3)',
  ]);
  await expect(failing).rejects.toThrow(
    /Fill the disk failed: .* ended with 3[\s\S]*ENOSPC: write[\s\S]*The disk is full/,
  );
});

test('a command that does not exist is named', async () => {
  await expect(runStep('Use a tool', 'no-such-tool-here', [])).rejects.toThrow(
    'Use a tool: cannot run no-such-tool-here',
  );
});
