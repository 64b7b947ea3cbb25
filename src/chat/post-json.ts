import { setTimeout as sleep } from 'node:timers/promises';
import { causeOf, messageOf, secondsSince } from '../runs/index.ts';
import { seededRandom } from '../stats/index.ts';
import { CallFailed, Unanswerable } from './call-failed.ts';
import { parsedJson } from './parsed-json.ts';
import { isStream } from './read-completion.ts';

/** Options of retries. */
export interface Patience {
  /** Tries in all; default 8. */
  tries?: number | undefined;
  /** Milliseconds before the second try, doubled before each further one, at most a minute; default 500. */
  backOff?: number | undefined;
  /** Milliseconds after which a try without a complete answer counts as failed; default 120,000. */
  timeout?: number | undefined;
}

/** Request of {@link postJson}. */
export interface Post<T> extends Patience {
  body: unknown;
  /** Sent as bearer, or in `keyHeader`, and cut out of whatever comes back. */
  key: string | undefined;
  keyHeader?: string | undefined;
  /** Further headers; values as long as a key are cut out as well. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Reads what came; default JSON. */
  parse?: ((text: string) => unknown) | undefined;
  /** Reports whether what was read is an answer at all. */
  accepts: (value: unknown) => value is T;
  /** Seeds the jitter of the waits. */
  seed: string;
  signal: AbortSignal;
}

/** Answer of a server. */
export interface Reply<T> {
  value: T;
  /** Seconds that the try which was answered took; failed tries and the waits between them do not count. */
  latency: number;
}

/** Longest wait that the doubling leads to, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Longest wait that a server is granted, in milliseconds; then it is asked again all the same. */
const LONGEST_GRANTED = 3_600_000;

/** Length below which a key is a placeholder, such as `EMPTY`, and may well occur in an answer. */
const SHORTEST_SECRET = 16;

/** The system's codes for a server that is not there. */
const ABSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Tries of a call that is answered in whole by something else, such as a page. */
const TRIES_OF_OTHER = 3;

/** Signs of a filter in a refusal, as Azure and others send it. */
const FILTERED = /content_filter|content_policy|content management policy/i;

/** Longest piece of a server's words that an error repeats, in UTF-16 code units. */
const SHOWN = 300;

/** A server's refusal that no other try would change. */
export class Refused extends CallFailed {}

/** A failure that another try may not meet. */
class TransientError extends CallFailed {
  /** Wait that the server asks for, in milliseconds. */
  wait?: number | undefined;
  /** True if there is no server. */
  absent = false;
  /** Most tries in all, where fewer than usual. */
  most?: number | undefined;
}

/**
 * Posts JSON and gives the JSON that comes, asking again after 408, 409, 429, 5xx, a cut connection, a
 * timeout, and JSON that is cut short or no answer. Waits as long as `Retry-After` says, else ever longer.
 *
 * @throws {Unanswerable} where no other call would fare better: the key or its quota (401, 402, and 429
 *   `insufficient_quota`), the address (404), or a server that is not there after all tries.
 * @throws {Refused} naming address, status and the server's words, for any other refusal.
 * @throws {CallFailed} naming them as well, when no try is left.
 * @throws the signal's reason, once it is aborted.
 */
export async function postJson<T>(url: string, post: Post<T>): Promise<Reply<T>> {
  const { tries = 8, backOff = 500, seed, signal } = post;
  const { next } = seededRandom(`back-off/${seed}`);
  for (let tried = 1; ; tried++) {
    try {
      return await ask(url, post);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientError)) throw error;
      const { kind, message, absent, most = tries } = error;
      if (tried >= Math.min(tries, most))
        throw new (absent ? Unanswerable : CallFailed)(kind, `No answer after ${tried} tries: ${message}`);
      const doubled = Math.min(backOff * 2 ** (tried - 1), LONGEST_WAIT);
      // Half of the wait is drawn, so that calls that failed together do not come back together.
      const wait = Math.min(error.wait ?? doubled * (0.5 + next() / 2), LONGEST_GRANTED);
      // A signal of its own: Node warns when many wait on one.
      const woken = AbortSignal.any([signal]);
      await sleep(wait, undefined, { signal: woken }).catch(() => signal.throwIfAborted());
    }
  }
}

async function ask<T>(url: string, post: Post<T>): Promise<Reply<T>> {
  const { body, key, headers = {}, accepts, parse = parsedJson, timeout = 120_000, signal } = post;
  const patience = new AbortController();
  // Not AbortSignal.timeout: where it only feeds another signal, Node 20 forgets it when memory is cleaned up.
  const late = new TransientError('timeout', `${url}: no answer within ${timeout} ms`);
  const timer = setTimeout(() => patience.abort(late), timeout);
  const start = performance.now();
  const { response, text: sent } = await exchange(url, {
    method: 'POST',
    headers: headersOf(post),
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.any([signal, patience.signal]),
  }).finally(() => clearTimeout(timer));
  const latency = secondsSince(start);
  const text = withoutSecrets(sent, [...Object.values(headers), ...(key ? [key] : [])]);
  const value = parse(text);
  if (response.ok && accepts(value)) return { value, latency };
  const { ok, status } = response;
  const problem = `${url} answered ${status}: ${text.slice(0, SHOWN) || 'nothing'}`;
  if (ok)
    throw Object.assign(new TransientError('malformed', problem), {
      most: value === undefined && beginsAsAnswer(text) ? undefined : TRIES_OF_OTHER,
    });
  const outOfQuota = text.includes('insufficient_quota');
  if ([401, 402, 404].includes(status) || (status === 429 && outOfQuota))
    throw new Unanswerable('rejected', problem);
  if ([408, 409, 429].includes(status) || status >= 500)
    throw Object.assign(new TransientError('rejected', problem), {
      wait: retryAfter(response.headers.get('retry-after')),
    });
  throw new Refused(FILTERED.test(text) ? 'filtered' : 'rejected', problem);
}

/** Returns the headers of a request; those that are given replace the key's. */
function headersOf({ key, keyHeader, headers = {} }: Post<unknown>): Headers {
  const all = new Headers({ 'content-type': 'application/json' });
  if (key) all.set(keyHeader ?? 'authorization', keyHeader ? key : `Bearer ${key}`);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return all;
}

async function exchange(url: string, request: RequestInit): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(url, request);
    return { response, text: await response.text() };
  } catch (error) {
    if (error instanceof TransientError) throw error;
    const { code, message } = causeOf(error);
    const problem = new TransientError('unreachable', `${url}: ${code ?? message ?? messageOf(error)}`);
    throw Object.assign(problem, { absent: ABSENT.includes(code ?? '') });
  }
}

/** Reports whether a text begins as JSON or a stream does, or is empty: what cannot be read of it was cut. */
function beginsAsAnswer(text: string): boolean {
  return /^\s*([{[]|$)/.test(text) || isStream(text);
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(secret => secret.length >= SHORTEST_SECRET)
    .reduce((shown, secret) => shown.replaceAll(secret, '[key]'), text);
}

/** Parses the wait that a `Retry-After` header asks for, in seconds or as a date, to milliseconds. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
