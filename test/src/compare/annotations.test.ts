import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAnnotations } from '../../../src/compare/index.ts';

test('where no one has rated yet there may be no file of annotations, if so said', async () => {
  const path = join(tmpdir(), 'none.annotations.jsonl');
  expect(await loadAnnotations(path, { optional: true })).toEqual({ ratings: [], labels: [] });
  await expect(loadAnnotations(path)).rejects.toThrow('none.annotations.jsonl');
});
