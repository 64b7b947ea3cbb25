import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream as NodeStream } from 'node:stream/web';
import type { LanguageModel } from '../chat/index.ts';
import type { AnswerFacts } from './answer-route.ts';
import { CLIENT_LEFT, createHandler, type HandlerOptions } from './handler.ts';

/** Address to listen at, and the clients. */
export interface ServeOptions extends HandlerOptions {
  /** Address to listen on; default 127.0.0.1, which only this machine reaches. */
  host?: string | undefined;
  /** Port to listen on; default 8000; 0 takes any that is free. */
  port?: number | undefined;
  /** Receives each request once it is over. */
  onRequest?: ((entry: RequestEntry) => void) | undefined;
}

/** A request that is over. It holds nothing of what was asked, answered, or of the key. */
export interface RequestEntry extends Partial<AnswerFacts> {
  /** Time at which it came, ISO 8601. */
  at: string;
  method: string;
  path: string;
  /** Status of the answer; 499 where the client left before it. */
  status: number;
  /** Milliseconds from the request to the end of the answer. */
  ms: number;
}

/** A server that runs. */
export interface ModelServer {
  /** Address for clients, such as `http://127.0.0.1:8000/v1`. */
  readonly base: string;
  /**
   * Lets no more requests in, waits for those in progress, and stops. A second call may have less patience.
   *
   * @param patience milliseconds after which they are cut; default 10,000.
   */
  close(patience?: number): Promise<void>;
}

/** Milliseconds that a connection stays open for more to be asked: longer than clients keep theirs. */
const KEEP_ALIVE = 75_000;

/**
 * Serves a model by OpenAI's API: completions with echo and log-probabilities, chat, and for models that are
 * computed here their tokenizer.
 *
 * @throws {Error} if the address cannot be listened on.
 * @example
 * const server = await serveModel(await localModel('checkpoints/gpt2'), { port: 0 })
 * console.log(server.base)
 * await server.close()
 */
export async function serveModel(model: LanguageModel, options: ServeOptions = {}): Promise<ModelServer> {
  const { host = '127.0.0.1', port = 8000, onRequest = () => {} } = options;
  const handler = createHandler(model, options);
  const server = createServer(async (incoming, outgoing) => {
    const started = performance.now();
    const at = new Date().toISOString();
    const facts: Partial<AnswerFacts> = {};
    const left = new AbortController();
    outgoing.once('close', () => {
      const finished = outgoing.writableFinished;
      if (!finished) left.abort(new Error('The client has left'));
      const { method = '', url = '' } = incoming;
      const [path = ''] = url.split('?');
      const ms = Math.round(performance.now() - started);
      onRequest({ at, method, path, status: finished ? outgoing.statusCode : CLIENT_LEFT, ms, ...facts });
    });
    const onAnswered = (more: AnswerFacts) => Object.assign(facts, more);
    const request = asRequest(incoming);
    const response = request
      ? await handler.handle(request, { signal: left.signal, onAnswered })
      : new Response('no HTTP request that can be answered', { status: 400 });
    await send(response, outgoing);
    // Lets go what the client still sends.
    incoming.resume();
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  server.listen(port, host);
  await once(server, 'listening').catch(error => {
    throw new Error(`Cannot serve ${model.name} on ${host}, port ${port}: ${error.message}`, {
      cause: error,
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  const closed = once(server, 'close');
  return {
    base: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/v1`,
    async close(patience = 10_000) {
      handler.close();
      server.close();
      // A connection stays open after its last answer, in case more is asked.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

/** Converts a request to the web's interface; undefined if it cannot be one. */
function asRequest(incoming: IncomingMessage): Request | undefined {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, [value].flat().join(', '));
  // A request that is refused before its end must not be cut, or the client may never read why.
  const chunks = incoming.iterator({ destroyOnReturn: false });
  const body = ['GET', 'HEAD'].includes(method)
    ? {}
    : { body: NodeStream.from(chunks) as ReadableStream, duplex: 'half' as const };
  try {
    return new Request(new URL(url, 'http://localhost'), { method, headers, ...body });
  } catch {
    return undefined;
  }
}

/** Sends an answer; where the client has left, its source is informed. */
async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing).catch(() => {});
}
