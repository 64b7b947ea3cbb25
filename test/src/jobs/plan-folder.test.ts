import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginRun, readFailures, readRecord, runFolder } from '../../../src/jobs/plan-folder.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-folder-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a run begins with what an earlier attempt kept, except for the leases of its worker', async () => {
  const { out, scratch } = await beginRun(folder, 'a');
  await mkdir(join(scratch, 'run', 'checkpoints'), { recursive: true });
  for (const name of ['kept', 'run/lease.json', 'run/checkpoints/latest'])
    await writeFile(join(scratch, name), '');
  await writeFile(join(out, 'half'), '');
  await beginRun(folder, 'a');
  expect((await readdir(scratch, { recursive: true })).sort()).toEqual([
    'kept',
    'run',
    'run/checkpoints',
    'run/checkpoints/latest',
  ]);
  expect(await readdir(out)).toEqual([]);
});

test('a record or a failure that is not as a plan writes it is refused by file and field', async () => {
  await mkdir(runFolder(folder, 'b'), { recursive: true });
  const record = join(runFolder(folder, 'b'), 'run.json');
  await writeFile(record, '{"id":"b","stage":"count","version":"1"}');
  await expect(readRecord(folder, 'b')).rejects.toThrow(
    `Cannot read ${record}: it must be the record of a completed run, but its content.version must be a number, got "1"`,
  );
  await mkdir(join(folder, 'failed'));
  await writeFile(join(folder, 'failed', 'b.json'), '');
  await expect(readFailures(folder)).rejects.toThrow(
    `Cannot read ${join(folder, 'failed', 'b.json')}: it must be the failure of a run, got no whole JSON`,
  );
});
