import { join } from 'node:path';
import { hashOf, readIfExists, writeFileAtomic } from '../files/index.ts';
import { type Completion, isCompletion, type ServerCall } from './completion.ts';
import { parsedJson } from './parsed-json.ts';

/** A complete record of a call: enough to know where an answer is from. */
export interface CallRecord {
  /** Full address. */
  url: string;
  /** The prompt and every parameter, as sent. */
  body: ServerCall['body'];
  /** The model that answered, as the server names it with its version; null where it does not. */
  model: string | null;
  /** The server's answer, as it came. */
  response: Completion;
  /** Seconds from sending the try that was answered to its answer; records of earlier versions do not say. */
  latency?: number;
  /** ISO 8601 time of the answer. */
  at: string;
}

/** Owner of a call: rows of equal text are asked for each, and so is each sample. */
export interface CallOwner {
  id: string;
  sample: number;
}

/** Computes the SHA-256 of a call: the same for the same address, body and owner, whatever the order of fields. */
export function callKey(url: string, body: ServerCall['body'], owner: CallOwner | null = null): string {
  return hashOf([url, body, owner]);
}

/** Reads the record kept in a folder under a key, if there is one. A damaged one counts as none. */
export async function cachedCall(folder: string, key: string): Promise<CallRecord | undefined> {
  const text = await readIfExists(pathOf(folder, key));
  return text === undefined ? undefined : recordIn(text);
}

/** Reads a record of a call from its text; undefined if it is damaged. */
export function recordIn(text: string): CallRecord | undefined {
  const record = parsedJson(text);
  return isCallRecord(record) ? record : undefined;
}

function isCallRecord(value: unknown): value is CallRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { url, body, response, at }: Partial<Record<keyof CallRecord, unknown>> = value;
  const named = typeof url === 'string' && typeof body === 'object' && body !== null;
  return named && typeof at === 'string' && isCompletion(response);
}

/** Keeps a record, whole or not at all. */
export async function keepCall(folder: string, key: string, record: CallRecord): Promise<void> {
  await writeFileAtomic(pathOf(folder, key), `${JSON.stringify(record)}\n`);
}

function pathOf(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.json`);
}
