/** Address of an OpenAI-compatible server. */
export interface ServerAddress {
  /** Before `/chat/completions`, without a slash at its end. */
  base: string;
  /** Query of each call, with its `?`, such as Azure's `?api-version=2024-10-21`; empty where there is none. */
  query: string;
}

/** Names of parameters of a query that could hold a secret, which would be written to records and errors. */
const SECRET = /key|token|secret|sig|pass|auth|code/i;

/**
 * Parses the address of a server. One that ends with the path of a call names the server all the same.
 *
 * @throws {Error} if it is none, or a part of it could hold a secret; the part is not repeated.
 */
export function parseServerAddress(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secret = url === undefined || [...url.searchParams.keys()].some(name => SECRET.test(name));
  if (!url || secret || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash)
    throw new Error(
      'Cannot ask the server: an address such as http://127.0.0.1:8000/v1 is required, without user, password or fragment, and without a key in its query',
    );
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/)?completions$/, '');
  return { base: `${url.origin}${path}`, query: url.search };
}

/** Reports whether a server is Azure's, which knows keys by a header of its own. */
export function isAzure({ query }: ServerAddress): boolean {
  return new URLSearchParams(query).has('api-version');
}
