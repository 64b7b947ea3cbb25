import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { isErrno } from '../files/index.ts';
import { isSameMachine, type LeaseOwner, ownerText, parseOwner } from './lease-owner.ts';
import { isRunning } from './process-identity.ts';

/*
 * The file of a lease. Its text never changes while its owner holds it; a heartbeat writes the same text again, so that
 * its time of change is the file server's, and the clocks of machines need not agree. Files are read and written
 * synchronously: the owner's thread does nothing else, and no step of a change can be cut in two by another's.
 */

/** Lease as it is found in its file. */
export interface FoundLease {
  /** Undefined if the text names none. */
  owner: LeaseOwner | undefined;
  text: string;
  /** Time of the last heartbeat, in milliseconds of the file server's clock. */
  beaten: number;
}

/** State of a lease, for whoever wants it. */
export type LeaseState =
  /** Its owner may be writing. */
  | 'held'
  /** Its owner has exited, and processes that write for it have not. */
  | 'exiting'
  /** Its text may still be incomplete. */
  | 'incomplete'
  | 'free';

/** Lease that another owner holds. */
export interface Rival extends FoundLease {
  state: Exclude<LeaseState, 'free'>;
}

/** Milliseconds after which a text without an owner is not being written: it was cut off by a crash. */
const WRITING_MS = 2000;

/** Reads a lease; undefined if there is none. */
export function readLease(path: string): FoundLease | undefined {
  const file = openExisting(path, 'r');
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, 'utf8');
    return { owner: parseOwner(text), text, beaten: fstatSync(file).mtimeMs };
  } finally {
    closeSync(file);
  }
}

/** Finds out whether a lease may be taken. @param now milliseconds of the file server's clock. */
export function stateOf({ owner, beaten }: FoundLease, now: number, self: LeaseOwner): LeaseState {
  if (owner === undefined) return Math.abs(now - beaten) < WRITING_MS ? 'incomplete' : 'free';
  if (owner.id === self.id) return 'free';
  if (now - beaten > 1000 * owner.seconds) return 'free';
  if (!isSameMachine(owner, self) || isRunning(owner.process)) return 'held';
  return owner.workers.some(isRunning) ? 'exiting' : 'free';
}

/**
 * Takes a lease for an owner, who may have it already: at once, so that of several owners one gets it.
 *
 * A lease that is free, and yet there, is replaced by whoever has the claim on it, a lease of the same kind whose name
 * follows from its text. Having the claim, the owner looks again: without that, a slow one could replace the lease of
 * another that was quicker.
 *
 * @returns the lease that is in the way; undefined if the owner now holds it.
 * @throws the file system's error.
 */
export function claimLease(path: string, owner: LeaseOwner): Rival | undefined {
  const aside = `${path}.${owner.id}.tmp`;
  try {
    const now = writeDurably(aside, ownerText(owner));
    for (;;) {
      if (createFrom(aside, path)) return undefined;
      const found = readLease(path);
      if (found === undefined) continue;
      const state = stateOf(found, now, owner);
      if (state !== 'free') return { ...found, state };
      const claim = claimPath(path, found);
      const rival = claimLease(claim, owner);
      if (rival) return rival;
      try {
        const still = readLease(path);
        if (still?.text !== found.text || stateOf(still, now, owner) !== 'free') continue;
        renameSync(aside, path);
        return undefined;
      } finally {
        rmSync(claim, { force: true });
      }
    }
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Renews a lease that has not expired. @returns false if its owner does not hold it. */
export function renewLease(path: string, { id }: LeaseOwner): boolean {
  const file = openExisting(path, 'r+');
  if (file === undefined) return false;
  try {
    const text = readFileSync(file, 'utf8');
    if (parseOwner(text)?.id !== id) return false;
    writeSync(file, text, 0);
    fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}

/** Removes a lease that has not expired, if its owner holds it. */
export function removeLease(path: string, { id }: LeaseOwner): void {
  if (readLease(path)?.owner?.id === id) rmSync(path, { force: true });
}

function claimPath(path: string, { text }: FoundLease): string {
  return `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.claim`;
}

/** Writes a file to the disk. @returns its time of change. */
function writeDurably(path: string, text: string): number {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    return fstatSync(file).mtimeMs;
  } finally {
    closeSync(file);
  }
}

/** Errors of file systems that have no second name for a file, such as exFAT. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Creates a file with its whole text at once, from one of another name. @returns false if it exists. */
function createFrom(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    // The reply may have been lost, and the link made.
    if (isErrno(error, 'EEXIST')) return statSync(aside).nlink > 1;
    if (!NO_LINKS.some(code => isErrno(error, code))) throw error;
  }
  try {
    writeFileSync(path, readFileSync(aside), { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

function openExisting(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
