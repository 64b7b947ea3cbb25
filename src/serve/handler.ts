import type { LanguageModel } from '../chat/index.ts';
import type { LocalModel } from '../generate/index.ts';
import { type Admission, admit, corsHeaders } from './admission.ts';
import { type AnswerFormat, CHAT, COMPLETION } from './answer-format.ts';
import { type AnswerFacts, answerRoute } from './answer-route.ts';
import { ApiError, asApiError, errorBody } from './api-error.ts';
import { readChatRequest } from './chat-request.ts';
import { type ReadRequest, readCompletionRequest } from './completion-request.ts';
import { type Body, shown } from './fields.ts';
import { jobQueue } from './job-queue.ts';
import { requestBody } from './request-body.ts';
import { textEngine } from './text-engine.ts';
import { TokenEngine } from './token-engine.ts';
import { tokenizerRoutes } from './tokenizer-routes.ts';

/** Clients that may ask, and the number of requests at a time. */
export interface HandlerOptions extends Admission {
  /** Prompts answered side by side; default 8. */
  concurrency?: number | undefined;
  /** Requests that are let in at a time, to be answered or to wait; default 256. */
  maxConcurrentRequests?: number | undefined;
}

/** A client that waits for an answer. */
export interface Client {
  /** Aborted when the client is gone. */
  signal: AbortSignal;
  /** Receives facts about a request to the model once it was answered. */
  onAnswered: (facts: AnswerFacts) => void;
}

/** Answers requests to a model. */
export interface Handler {
  handle(request: Request, client: Client): Promise<Response>;
  /** Requests that are being answered or wait. */
  readonly open: number;
  /** Lets no more requests in. */
  close(): void;
}

type Route = (request: Request, client: Client) => Response | Promise<Response>;

/** Status of an answer that nobody waits for any more, as web servers log it. */
export const CLIENT_LEFT = 499;

/**
 * Creates OpenAI's API for a model: a function of requests, without a network.
 *
 * @throws {TypeError} if the origin is not valid in a header.
 */
export function createHandler(model: LanguageModel, options: HandlerOptions = {}): Handler {
  const { concurrency = 8, maxConcurrentRequests = 256 } = options;
  const { name } = model;
  const cors = new Headers(corsHeaders(options));
  const local = isLocal(model) ? model : undefined;
  const queue = local
    ? jobQueue(new TokenEngine(local, concurrency), maxConcurrentRequests)
    : jobQueue(textEngine(model, concurrency), maxConcurrentRequests);
  const entry = {
    id: name,
    object: 'model',
    created: Math.floor(Date.now() / 1000),
    owned_by: 'imitation-lab',
  };

  /** Reads the body of a request, which must be to this model if it names one. */
  async function bodyOf(request: Request): Promise<Body> {
    const body = await requestBody(request);
    if ((body.model ?? name) === name) return body;
    throw new ApiError(404, `The model ${shown(body.model)} is not served here, ${shown(name)} is`, {
      param: 'model',
      code: 'model_not_found',
    });
  }

  const answers =
    (read: (body: Body) => ReadRequest, format: AnswerFormat): Route =>
    async (request, client) =>
      answerRoute(read(await bodyOf(request)), format, { model: name, queue, ...client });

  const routes: Record<string, { GET?: Route; POST?: Route }> = {
    '/health': { GET: () => Response.json({ status: 'ok' }) },
    '/v1/models': { GET: () => Response.json({ object: 'list', data: [entry] }) },
    [`/v1/models/${name}`]: { GET: () => Response.json(entry) },
    '/v1/completions': { POST: answers(readCompletionRequest, COMPLETION) },
    '/v1/chat/completions': { POST: answers(readChatRequest, CHAT) },
  };
  if (local) {
    const { tokenize, detokenize, info } = tokenizerRoutes(local);
    routes['/tokenize'] = { POST: async request => Response.json(tokenize(await bodyOf(request))) };
    routes['/detokenize'] = { POST: async request => Response.json(detokenize(await bodyOf(request))) };
    routes['/tokenizer_info'] = { GET: () => Response.json(info()) };
  }

  async function answered(request: Request, client: Client): Promise<Response> {
    admit(request, options);
    if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
    return routeOf(routes, request)(request, client);
  }

  return {
    async handle(request, client) {
      const response = await answered(request, client).catch(error =>
        client.signal.aborted ? new Response(null, { status: CLIENT_LEFT }) : errorResponse(error),
      );
      for (const [header, value] of cors) response.headers.set(header, value);
      return response;
    },
    get open() {
      return queue.open;
    },
    close: queue.close,
  };
}

/** Reports whether a model is computed here, and so reports its tokens; any other gives its texts alone. */
function isLocal(model: LanguageModel): model is LocalModel {
  return 'vocabulary' in model && 'model' in model;
}

/** @throws {ApiError} if there is no such path (404), or not for this method (405). */
function routeOf(routes: Record<string, { GET?: Route; POST?: Route }>, { url, method }: Request): Route {
  const path = decodedPath(url).replace(/(?<=.)\/$/, '');
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!methods && path.startsWith('/v1/models/'))
    throw new ApiError(404, `The model ${shown(path.slice('/v1/models/'.length))} is not served here`, {
      code: 'model_not_found',
    });
  if (!methods) throw new ApiError(404, `Nothing is served under ${path}`);
  const route = method === 'GET' ? methods.GET : method === 'POST' ? methods.POST : undefined;
  if (route) return route;
  const allow = Object.keys(methods).join(', ');
  throw new ApiError(405, `${path} is asked by ${allow}, not by ${method}`, { headers: { allow } });
}

/** @throws {ApiError} if it is no text in UTF-8. */
function decodedPath(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw new ApiError(400, `The path ${pathname} must be UTF-8`);
  }
}

function errorResponse(error: unknown): Response {
  const { status, details } = asApiError(error);
  return Response.json(errorBody(error), {
    status,
    ...(details.headers ? { headers: details.headers } : {}),
  });
}
