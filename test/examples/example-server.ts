import { vi } from 'vitest';
import { openAiServer } from '../fixtures/openai-server.ts';

/** Servers that examples name: calls to them go to a server on loopback. */
const SERVERS = ['http://127.0.0.1:8000/v1', 'https://api.openai.com/v1'];

/** Perspective's server, whose answer here is that a text is hardly toxic. */
const PERSPECTIVE = 'https://commentanalyzer.googleapis.com/';
const HARDLY_TOXIC = { attributeScores: { TOXICITY: { summaryScore: { value: 0.1 } } } };

/** Answers calls to the servers that examples name. @returns a function that stops it. */
export async function answerExamples(): Promise<() => Promise<void>> {
  const server = await openAiServer();
  const send = globalThis.fetch;
  vi.stubEnv('OPENAI_API_KEY', 'example');
  vi.stubEnv('PERSPECTIVE_API_KEY', 'example');
  vi.stubGlobal('fetch', async (url: string | URL | Request, init?: RequestInit) => {
    if (String(url).startsWith(PERSPECTIVE)) return Response.json(HARDLY_TOXIC);
    const named = SERVERS.find(base => String(url).startsWith(base));
    return send(named === undefined ? url : String(url).replace(named, server.base), init);
  });
  return async () => {
    vi.unstubAllGlobals();
    await server[Symbol.asyncDispose]();
  };
}
