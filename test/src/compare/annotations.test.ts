import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { annotations } from '../../../src/compare/index.ts';

test('where no one has rated yet there may be no file of annotations, if so said', async () => {
  const path = join(tmpdir(), 'none.annotations.jsonl');
  expect(await annotations(path, { optional: true })).toEqual({ ratings: [], labels: [] });
  await expect(annotations(path)).rejects.toThrow('none.annotations.jsonl');
});
