import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../files/index.ts';
import { type CallRecord, recordIn } from './call-cache.ts';

/** Kept calls of one model at one server. */
export interface CachedModel {
  server: string;
  model: string;
  calls: number;
  /** Size of their records. */
  bytes: number;
  /** ISO 8601 time of the earliest and of the latest. */
  first: string;
  last: string;
}

/** Options of {@link listCachedCalls} and {@link clearCachedCalls}. */
export interface CachedCallsOptions {
  /** Calls of this model alone; default all. */
  model?: string | undefined;
}

/** A record in a folder. */
interface FoundCall {
  path: string;
  bytes: number;
  record: CallRecord;
}

/** Folder and file of a record: two digits of its key, and the key. */
const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^[0-9a-f]{64}\.json$/;

/** Counts the calls that a folder keeps, by server and model. A folder that does not exist keeps none. */
export async function listCachedCalls(
  folder: string,
  options: CachedCallsOptions = {},
): Promise<CachedModel[]> {
  const models = new Map<string, CachedModel>();
  for await (const { bytes, record } of findCalls(folder, options)) {
    const { url, at } = record;
    const server = url.replace(/\/(chat\/)?completions(?=\?|$)/, '');
    const model = String(record.body.model);
    const key = JSON.stringify([server, model]);
    const { calls = 0, bytes: before = 0, first = at, last = at } = models.get(key) ?? {};
    const times = [first, at, last].sort();
    models.set(key, {
      server,
      model,
      calls: calls + 1,
      bytes: before + bytes,
      first: times[0] ?? at,
      last: times.at(-1) ?? at,
    });
  }
  return [...models.values()];
}

/** Removes the calls that a folder keeps, and no other file. @returns how many. */
export async function clearCachedCalls(folder: string, options: CachedCallsOptions = {}): Promise<number> {
  let removed = 0;
  for await (const { path } of findCalls(folder, options)) {
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

async function* findCalls(
  folder: string,
  { model }: CachedCallsOptions,
): AsyncGenerator<FoundCall, void, undefined> {
  for (const part of (await namesIn(folder)).filter(name => FOLDER.test(name)))
    for (const name of (await namesIn(join(folder, part))).filter(file => FILE.test(file))) {
      const path = join(folder, part, name);
      const text = await readFile(path, 'utf8');
      const record = recordIn(text);
      if (record && (model === undefined || record.body.model === model))
        yield { path, bytes: Buffer.byteLength(text), record };
    }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(error => {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return [];
    throw error;
  });
}
