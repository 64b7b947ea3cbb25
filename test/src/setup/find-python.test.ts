import { expect, test } from 'vitest';
import { findPython } from '../../../src/setup/find-python.ts';

test('a missing Python is reported with every name that was tried', async () => {
  await expect(findPython(['no-such-python'])).rejects.toThrow(
    /needs Python 3\.10[\s\S]*no-such-python: not found/,
  );
});
