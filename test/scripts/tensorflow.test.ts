import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { setUpTensorflow } from '../../scripts/tensorflow.ts';

test('setUpTensorflow() without TensorFlow prints the backend that is used instead, and why', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'tensorflow-'));
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await setUpTensorflow('no-such-python', { cache });
    const lines = written.mock.calls.map(([text]) => text);
    expect(lines).toEqual([
      expect.stringMatching(/^… Fetch tensorflow(-cpu)? 2\.21\.0 from PyPI \(\d+ MB\)\n$/),
      expect.stringMatching(
        /^TensorFlow is not set up, so models run on the backend cpu, which is far slower\. Cannot download tensorflow(-cpu)? 2\.21\.0 from PyPI: no-such-python must be installed, found none\n$/,
      ),
    ]);
  } finally {
    written.mockRestore();
    rmSync(cache, { recursive: true });
  }
});
