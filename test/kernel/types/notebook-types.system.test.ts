import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
// The worker thread runs compiled code, so the service is used as it is built.
import { readNotebook } from '../../../kernel/dist/index.js';
import { startTypeService } from '../../../kernel/dist/types/type-service.js';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'notebooks');
const service = startTypeService({
  cwd: folder,
  libraryPaths: [join(root, 'kernel/node_modules'), join(root, 'node_modules')],
});
afterAll(() => service.close());

describe('the cells of', () => {
  for (const name of readdirSync(folder).filter(file => file.endsWith('.ipynb')))
    test(`${name} have no type error, each after those before it`, async () => {
      await service.reset();
      for (const { cell_type, source } of (await readNotebook(join(folder, name))).cells) {
        if (cell_type !== 'code') continue;
        expect(await service.check(source), source).toEqual([]);
        await service.commit(source);
      }
    });
});
