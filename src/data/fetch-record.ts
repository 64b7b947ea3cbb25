import { join } from 'node:path';
import { cacheFolder, exists } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { messageOf, type OnProgress } from '../runs/index.ts';
import { type DownloadOptions, download, Unreachable } from './download.ts';
import {
  loadRecordCatalogue,
  type PublicRecord,
  type RecordCatalogue,
  recordAddress,
  requireRecords,
} from './record-catalogue.ts';
import { requireContent } from './require-content.ts';

/** A record whose bytes are on this machine and were checked. */
export interface FetchedRecord extends Omit<PublicRecord, 'path'> {
  /** The file's path on this machine. */
  path: string;
  from: 'cache' | 'mirror' | 'network';
}

/** Sources and target of a download; the defaults suit an analyst. */
export interface FetchOptions extends Pick<DownloadOptions, 'tries' | 'backOff' | 'patience'> {
  /** Stops the fetch; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the bytes that are cached, of all that are fetched. */
  onProgress?: OnProgress | undefined;
  /** A folder that holds records as `OWNER/REPO/COMMIT/PATH`; default `IMITATION_LAB_MIRROR`. */
  mirror?: string | undefined;
  /** The folder to keep records in; default `records` in the cache folder. */
  cache?: string | undefined;
  /** The records there are; default the package's own. */
  catalogue?: RecordCatalogue | undefined;
  /** The address before `/OWNER/REPO/COMMIT/PATH`; default GitHub's. */
  base?: string | undefined;
}

/** Serves any file of a public GitHub repository at a commit. */
const GITHUB = 'https://raw.githubusercontent.com';

/** Advice where there is no network. */
const OFFLINE =
  'without a network, IMITATION_LAB_MIRROR can name a folder of copies, as OWNER/REPO/COMMIT/PATH';

/**
 * Fetches one public record: from the cache, else from the mirror, else from the network. Its bytes are checked every
 * time, wherever they come from.
 *
 * @param name the record's name, or its address `OWNER/REPO/COMMIT/PATH`.
 * @throws {Error} if the name matches no record or several, the record is out of reach, or its content is not the
 *   published one.
 * @example
 * // Needs public records.
 * (await fetchRecord('fastchat/gpt35')).path
 */
export async function fetchRecord(name: string, options: FetchOptions = {}): Promise<FetchedRecord> {
  const [record, ...others] = await fetchRecords([name], options);
  if (record && others.length === 0) return record;
  throw new Error(`Cannot fetch ${name} as one record: it matches ${others.length + 1}`);
}

/**
 * Fetches the records that match names, sets (`fastchat-80`) and patterns (`hc3/*`), one by one.
 *
 * @throws {Error} as {@link fetchRecord} does; what was fetched before stays in the cache.
 */
export async function fetchRecords(
  names: readonly string[],
  options: FetchOptions = {},
): Promise<FetchedRecord[]> {
  const { catalogue = await loadRecordCatalogue() } = options;
  const records = requireRecords(catalogue, names);
  const task = `fetch ${names.join(' ')}`;
  const total = records.reduce((sum, { bytes }) => sum + bytes, 0);
  const fetched: FetchedRecord[] = [];
  let done = 0;
  for (const record of records) {
    const onBytes = (bytes: number) =>
      options.onProgress?.({ task, done: done + bytes, total, unit: 'bytes' });
    fetched.push(await place(record, onBytes, options));
    done += record.bytes;
    onBytes(0);
  }
  return fetched;
}

async function place(
  record: PublicRecord,
  onBytes: (bytes: number) => void,
  options: FetchOptions,
): Promise<FetchedRecord> {
  const {
    signal = runningSignal(),
    mirror = process.env.IMITATION_LAB_MIRROR,
    cache = join(cacheFolder(), 'records'),
    base = GITHUB,
  } = options;
  const { bytes, sha256 } = record;
  const address = recordAddress(record);
  const cached = join(cache, address);
  signal?.throwIfAborted();
  try {
    if (await exists(cached)) {
      await requireContent(cached, { bytes, sha256, signal }, `the cached file ${cached}`);
      return { ...record, path: cached, from: 'cache' };
    }
    const mirrored = mirror ? join(mirror, address) : undefined;
    if (mirrored && (await exists(mirrored))) {
      await requireContent(mirrored, { bytes, sha256, signal }, `the mirror's file ${mirrored}`, true);
      return { ...record, path: mirrored, from: 'mirror' };
    }
    const url = `${base}/${address.split('/').map(encodeURIComponent).join('/')}`;
    await download(url, cached, { ...options, bytes, sha256, signal, onBytes });
    return { ...record, path: cached, from: 'network' };
  } catch (error) {
    signal?.throwIfAborted();
    const offline = error instanceof Unreachable ? `; ${OFFLINE}` : '';
    throw new Error(`Cannot fetch ${record.name}: ${messageOf(error)}${offline}`, { cause: error });
  }
}
