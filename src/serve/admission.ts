import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.ts';

/** Clients that may ask. */
export interface Admission {
  /** The key that clients must send; default none. */
  key?: string | undefined;
  /** The origin of web pages that may ask, such as `http://localhost:3000`; default none. */
  origin?: string | undefined;
}

/**
 * Lets a request in, or throws. Web pages are refused unless theirs is the allowed origin: a page that a user
 * happens to look at reaches this machine's loopback address too.
 *
 * @throws {ApiError} if it comes from a web page (403), or has not the key (401).
 */
export function admit(request: Request, { key, origin }: Admission): void {
  const from = request.headers.get('origin');
  if (from !== null && from !== origin)
    throw new ApiError(403, `Web pages of ${from} may not ask: start the server with their origin allowed`);
  if (key === undefined) return;
  const found = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (found !== undefined && timingSafeEqual(digest(found), digest(key))) return;
  throw new ApiError(401, 'The server’s key is required as "Authorization: Bearer KEY"', {
    code: 'invalid_api_key',
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** Returns the headers that let the pages of the allowed origin read an answer. */
export function corsHeaders({ origin }: Admission): Record<string, string> {
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    vary: 'origin',
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
