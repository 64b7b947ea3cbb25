import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimLease, readLease, removeLease, renewLease } from '../../../src/runs/lease-file.ts';
import { newOwner, ownerText } from '../../../src/runs/lease-owner.ts';

// As on exFAT, which has no second name for a file.
vi.mock('node:fs', async original => ({
  ...(await original<typeof import('node:fs')>()),
  linkSync: () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  },
}));

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lease-'));
  path = join(folder, 'lease.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('without links in the file system, a lease is still given to one owner at a time', async () => {
  const [first, second] = [newOwner('train', {}), newOwner('train', {})];
  expect(claimLease(path, first)).toBeUndefined();
  expect(claimLease(path, second)).toMatchObject({ state: 'held', owner: first });
  expect(renewLease(path, first)).toBe(true);
  removeLease(path, first);
  expect(claimLease(path, second)).toBeUndefined();
  expect(await readdir(folder)).toEqual(['lease.json']);
});

test('without links in the file system, an expired lease is taken, and one that is being written is not', async () => {
  await writeFile(path, ownerText(newOwner('train', { IMITATION_LAB_HOST: 'node7' })));
  await utimes(path, 0, 0);
  const owner = newOwner('train', {});
  expect(claimLease(path, owner)).toBeUndefined();
  expect(readLease(path)?.owner).toEqual(owner);
  await writeFile(path, ownerText(owner).slice(0, 9));
  expect(claimLease(path, newOwner('train', {}))).toMatchObject({ state: 'incomplete' });
  expect(await readdir(folder)).toEqual(['lease.json']);
});
