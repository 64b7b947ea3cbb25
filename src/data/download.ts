import { constants, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno } from '../files/index.ts';
import { causeOf, messageOf } from '../runs/index.ts';
import { answerOf, type HttpAnswer, isPassing } from './http-answer.ts';
import { type ExpectedContent, requireContent } from './require-content.ts';

/** Expected content, and options of retries. */
export interface DownloadOptions extends ExpectedContent {
  /** Further headers of the request, such as an authorization. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
  /** Receives the number of bytes that have arrived. */
  onBytes?: (bytes: number) => void;
  /** Tries in all; default 4. A try that brought new bytes starts the count again. */
  tries?: number;
  /** Milliseconds before the second try, doubled before each further one; default 500. */
  backOff?: number;
  /** Milliseconds without a byte after which a connection counts as cut; default 30,000. */
  patience?: number;
}

/** The server could not be reached, or did not answer to the end, however often it was asked. */
export class Unreachable extends Error {}

/** An answer of the server that another try will not change. */
export class Refusal extends Error {
  /** The answer's status and the name of its reason; undefined where the content was wrong. */
  readonly answer: HttpAnswer | undefined;

  constructor(message: string, answer?: HttpAnswer) {
    super(message);
    this.answer = answer;
  }
}

/**
 * Downloads a file whose content is known in advance. What has arrived is kept beside the target as `.part`, so that
 * an interrupted download resumes where it stopped, in this call or a later one; only content with the right hash
 * gets the target's name. Bytes are written at their own offset, so two processes that download the same file do not
 * disturb each other.
 *
 * @throws {Unreachable} if no try brings the file to its end.
 * @throws {Error} if the server refuses, or the content is not the expected one; nothing of it is kept.
 */
export async function download(url: string, target: string, options: DownloadOptions): Promise<void> {
  const { bytes, signal, tries = 4, backOff = 500 } = options;
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  let failures = 0;
  for (let had = await sizeOf(part); had < bytes; had = await sizeOf(part)) {
    try {
      await receive(url, part, had, options);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Refusal) throw error;
      failures = (await sizeOf(part)) > had ? 1 : failures + 1;
      if (failures >= tries)
        throw new Unreachable(`no answer from ${url} after ${tries} tries: ${reason(error)}`);
      await sleep(backOff * 2 ** (failures - 1), undefined, signal ? { signal } : {});
    }
  }
  try {
    await requireContent(part, options, `the download from ${url}`);
    await rename(part, target);
  } catch (error) {
    // Another process that downloaded the same file may have been quicker.
    if (!isErrno(error, 'ENOENT')) throw error;
    await requireContent(target, options, `the download from ${url}`);
  }
}

async function receive(url: string, part: string, from: number, options: DownloadOptions): Promise<void> {
  const { bytes, headers, signal, onBytes, patience = 30_000 } = options;
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(new Error(`no byte for ${patience} ms`)), patience);
  let file: FileHandle | undefined;
  try {
    const response = await fetch(url, {
      headers: { ...headers, ...(from > 0 && { range: `bytes=${from}-` }) },
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    let offset = startOf(response, from, url);
    // Never truncated: another process may be writing the same bytes.
    file = await open(part, constants.O_RDWR | constants.O_CREAT);
    for await (const chunk of response.body ?? []) {
      watch.refresh();
      if (offset + chunk.length > bytes) {
        await rm(part, { force: true });
        throw new Refusal(`${url} holds more than the expected ${bytes} bytes; nothing of it was kept`);
      }
      await file.write(chunk, 0, chunk.length, offset);
      offset += chunk.length;
      onBytes?.(offset);
    }
    await file.sync();
    if (offset < bytes) throw new Error(`the connection was cut at ${offset} of ${bytes} bytes`);
  } finally {
    clearTimeout(watch);
    await file?.close();
  }
}

/** Returns the offset of the first byte that comes: servers may ignore `Range` and send the whole file. */
function startOf(response: Response, from: number, url: string): number {
  if (response.status === 200) return 0;
  const [, start] = response.headers.get('content-range')?.match(/^bytes (\d+)-/) ?? [];
  if (response.status === 206 && Number(start) === from) return from;
  const problem = `${url} answered ${response.status} ${response.statusText}`.trim();
  const answer = answerOf(response);
  throw isPassing(answer) ? new Error(problem) : new Refusal(problem, answer);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** Returns the reason why a request failed. */
function reason(error: unknown): string {
  const { code, message = code } = causeOf(error);
  return message === undefined ? messageOf(error) : `${messageOf(error)} (${code ?? message})`;
}
