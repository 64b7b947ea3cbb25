import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimLease, readLease, removeLease, renewLease, stateOf } from '../../../src/runs/lease-file.ts';
import { LastBeat, LeaseKeeper } from '../../../src/runs/lease-keeper.ts';
import { type LeaseOwner, newOwner, ownerText, parseOwner } from '../../../src/runs/lease-owner.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lease-'));
  path = join(folder, 'lease.json');
});
afterEach(() => rm(folder, { recursive: true }));

const here = (): LeaseOwner => newOwner('train', {});
const elsewhere = (): LeaseOwner => newOwner('train', { IMITATION_LAB_HOST: 'node7' });
/** Owner of this machine whose process has exited; no process has so high a number. */
const dead = (): LeaseOwner => ({ ...here(), process: { pid: 2 ** 30, started: '1' } });
/** Makes the last heartbeat so many seconds old. */
const age = async (seconds: number) => {
  const then = Date.now() / 1000 - seconds;
  await utimes(path, then, then);
};

describe('a lease', () => {
  test('is given to one owner, and to the next one after its release', async () => {
    const [first, second] = [here(), here()];
    expect(claimLease(path, first)).toBeUndefined();
    expect(claimLease(path, second)).toMatchObject({ state: 'held', owner: first });
    removeLease(path, second);
    expect(readLease(path)?.owner).toEqual(first);
    removeLease(path, first);
    expect(claimLease(path, second)).toBeUndefined();
    expect(await readdir(folder)).toEqual(['lease.json']);
  });

  test.each([
    ['one that was beaten a minute ago', 59, 'held'],
    ['one that was not', 61, 'free'],
  ])('of another machine is %s: %s s, %s', (_, seconds, state) => {
    const owner = elsewhere();
    expect(owner.seconds).toBe(60);
    const found = { owner, text: ownerText(owner), beaten: 1_000_000 };
    expect(stateOf(found, 1_000_000 + 1000 * seconds, here())).toBe(state);
  });

  test('of a process of this machine that has exited is free at once', async () => {
    await writeFile(path, ownerText(dead()));
    expect(claimLease(path, here())).toBeUndefined();
    expect(await readdir(folder)).toEqual(['lease.json']);
  });

  test('of another machine or container is held, though no process here has its number', async () => {
    for (const owner of [
      { ...dead(), host: 'node7' },
      { ...dead(), machine: 'another boot pid:[1]' },
    ]) {
      await writeFile(path, ownerText(owner));
      expect(claimLease(path, here())).toMatchObject({ state: 'held' });
    }
  });

  test('of a process whose number another one has now is free', async () => {
    const reused = { ...here(), process: { pid: process.pid, started: '1' } };
    await writeFile(path, ownerText(reused));
    expect(claimLease(path, here())).toBeUndefined();
  });

  test('of a killed process is not given away before the processes that write for it have exited', async () => {
    await writeFile(path, ownerText({ ...dead(), workers: [here().process] }));
    expect(claimLease(path, here())).toMatchObject({ state: 'exiting' });
    await writeFile(path, ownerText({ ...dead(), workers: [dead().process] }));
    expect(claimLease(path, here())).toBeUndefined();
  });

  test.each([
    ['empty', ''],
    ['cut off', ownerText(elsewhere()).slice(0, 40)],
    ['not JSON', 'locked by me'],
    ['of another kind', '{"pid":1,"host":"node7"}'],
    ['a number', '7'],
  ])('in a file that is %s is free once nobody can be writing it', async (_, text) => {
    await writeFile(path, text);
    expect(claimLease(path, here())).toMatchObject({ state: 'incomplete' });
    await age(3);
    const owner = here();
    expect(claimLease(path, owner)).toBeUndefined();
    expect(readLease(path)?.owner).toEqual(owner);
  });

  test('is taken from a process that was killed while it took another’s', async () => {
    const first = elsewhere();
    await writeFile(path, ownerText(first));
    await age(61);
    // The claim on a lease has the name that follows from the lease's text.
    const name = createHash('sha256').update(ownerText(first)).digest('hex').slice(0, 16);
    await writeFile(`${path}.${name}.claim`, ownerText(dead()));
    const owner = here();
    expect(claimLease(path, owner)).toBeUndefined();
    expect(readLease(path)?.owner).toEqual(owner);
    expect(await readdir(folder)).toEqual(['lease.json']);
  });

  test('is renewed by its owner alone, with the same text', async () => {
    const owner = here();
    claimLease(path, owner);
    const before = await readFile(path, 'utf8');
    await age(30);
    expect(renewLease(path, owner)).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(Math.abs(Date.now() - (readLease(path)?.beaten ?? 0))).toBeLessThan(10_000);
    expect(renewLease(path, here())).toBe(false);
    await rm(path);
    expect(renewLease(path, owner)).toBe(false);
  });

  test('whose file cannot be written is refused with the file system’s error, and nothing is left', async () => {
    expect(() => claimLease(join(folder, 'none', 'lease.json'), here())).toThrow('ENOENT');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the keeper of a lease', () => {
  const keeperOf = (owner: LeaseOwner, beaten = Date.now()) => {
    const lastBeat = new LastBeat();
    lastBeat.at = beaten;
    return { keeper: new LeaseKeeper(path, owner, lastBeat), lastBeat };
  };

  test('renews it, and takes it again where it has expired or its file is gone', async () => {
    const owner = here();
    claimLease(path, owner);
    const { keeper, lastBeat } = keeperOf(owner);
    expect(keeper.beat()).toBeUndefined();
    await rm(path);
    expect(keeper.beat()).toBeUndefined();
    expect(readLease(path)?.owner).toEqual(owner);
    await age(100);
    lastBeat.at = Date.now() - 100_000;
    expect(keeper.beat()).toBeUndefined();
    expect(lastBeat.isWithin(10)).toBe(true);
    expect(await readdir(folder)).toEqual(['lease.json']);
  });

  test('loses it to another owner permanently, and leaves that one’s lease alone', async () => {
    const [owner, other] = [here(), elsewhere()];
    claimLease(path, owner);
    const { keeper } = keeperOf(owner);
    await writeFile(path, ownerText(other));
    expect(keeper.beat()).toMatchObject({ owner: other });
    keeper.release();
    expect(readLease(path)?.owner).toEqual(other);
    await rm(path);
    expect(keeper.beat()).toMatchObject({ owner: other });
    expect(await readdir(folder)).toEqual([]);
  });

  test('does not remove a lease that has expired: another may have it by then', () => {
    const owner = here();
    claimLease(path, owner);
    keeperOf(owner, Date.now() - 100_000).keeper.release();
    expect(readLease(path)?.owner).toEqual(owner);
  });

  test('names the processes that write for it', () => {
    const owner = here();
    claimLease(path, owner);
    const workers = [{ pid: 7, started: '9' }];
    expect(keeperOf(owner).keeper.setWorkers(workers)).toBeUndefined();
    expect(readLease(path)?.owner).toEqual({ ...owner, workers });
  });
});

test('an owner survives its file; what lacks a part of one is none', () => {
  const owner = here();
  expect(parseOwner(ownerText(owner))).toEqual(owner);
  for (const name of Object.keys(owner)) {
    const { [name as keyof LeaseOwner]: _, ...rest } = owner;
    expect(parseOwner(JSON.stringify(rest)), name).toBeUndefined();
  }
});

test('the time after which a lease expires must be a positive number', () => {
  expect(newOwner('train', { IMITATION_LAB_LEASE_SECONDS: '2.5' }).seconds).toBe(2.5);
  expect(() => newOwner('train', { IMITATION_LAB_LEASE_SECONDS: 'long' })).toThrow(
    'IMITATION_LAB_LEASE_SECONDS must be a number > 0, got "long"',
  );
});
