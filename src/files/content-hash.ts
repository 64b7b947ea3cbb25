import { createHash } from 'node:crypto';
import { type BigIntStats, realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readIfExists } from './exists.ts';
import { cacheFolder } from './folders.ts';
import { sha256File } from './sha256.ts';
import { writeFileAtomic } from './write-file.ts';

/** A hash that was computed earlier, and the state of the file then. */
interface KnownHash {
  state: string;
  hash: string;
}

/** Options of {@link contentHash}. */
export interface ContentHashOptions {
  /** Folder of the hashes; default `hashes` in the cache folder. */
  cache?: string;
  now?: () => number;
  /** Stops the reading. */
  signal?: AbortSignal | undefined;
}

/** Age in nanoseconds at which a file's last change has another time than any later one: the coarsest clocks tick every 2 s. */
const SETTLED = 3_000_000_000n;

/**
 * Returns the SHA-256 of a file's content, from the cache folder where the file is as it was when it was hashed.
 *
 * The state that is compared is device, inode, size, and the times of the last change of content and of status, in
 * nanoseconds. The last of these is set by the system at every write, rename or change of times, and by no program. A
 * hash is kept only if the state was the same before and after the file was read, and the last change was then so long
 * ago that another one has another time: a file that is changed later never has the same state.
 *
 * @throws the file system's error, if the file cannot be read.
 */
export async function contentHash(
  path: string,
  { cache = join(cacheFolder(), 'hashes'), now = Date.now, signal }: ContentHashOptions = {},
): Promise<string> {
  const place = realpathSync(resolve(path));
  const record = join(cache, `${createHash('sha256').update(place).digest('hex')}.json`);
  const before = await stat(place, { bigint: true });
  const known = await readKnown(record);
  if (known?.state === stateOf(before)) return known.hash;
  const started = BigInt(Math.floor(now())) * 1_000_000n;
  const hash = await sha256File(place, signal);
  const after = await stat(place, { bigint: true });
  const isSettled = started - after.ctimeNs > SETTLED && started - after.mtimeNs > SETTLED;
  if (isSettled && stateOf(before) === stateOf(after)) {
    // A cache that cannot be written costs time and nothing else.
    await writeFileAtomic(record, JSON.stringify({ state: stateOf(after), hash })).catch(() => undefined);
  }
  return hash;
}

function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join('/');
}

async function readKnown(record: string): Promise<KnownHash | undefined> {
  try {
    const value: unknown = JSON.parse((await readIfExists(record)) ?? 'null');
    return isKnownHash(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKnownHash(value: unknown): value is KnownHash {
  if (typeof value !== 'object' || value === null || !('state' in value) || !('hash' in value)) return false;
  return (
    typeof value.state === 'string' && typeof value.hash === 'string' && /^[0-9a-f]{64}$/.test(value.hash)
  );
}
