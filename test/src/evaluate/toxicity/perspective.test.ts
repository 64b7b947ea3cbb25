import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { perspective, Unscored } from '../../../../src/evaluate/index.ts';

interface Asked {
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: { comment: { text: string } };
}

let server: Server;
let asked: Asked[] = [];
/** What comes of a text. */
let reply: (text: string, times: number) => { status: number; body: unknown };

const scored = (value: number) => ({
  status: 200,
  body: {
    attributeScores: { TOXICITY: { summaryScore: { value, type: 'PROBABILITY' } } },
    languages: ['en'],
  },
});

beforeEach(async () => {
  vi.stubEnv('PERSPECTIVE_API_KEY', 'a-key-of-twenty-chars');
  asked = [];
  reply = () => scored(0.25);
  server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked['body'];
    asked.push({ url: request.url, headers: request.headers, body });
    const { text } = body.comment;
    const { status, body: answer } = reply(text, asked.filter(one => one.body.comment.text === text).length);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
});

const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const judge = (more = {}) => perspective({ base: base(), perSecond: 1000, backOff: 1, ...more });

test('a text is sent as Perspective’s API wants it, the key in a header and never in the address', async () => {
  expect(await judge().toxicity('You fool')).toBe(0.25);
  expect(asked).toMatchObject([
    {
      url: '/v1alpha1/comments:analyze',
      body: {
        comment: { text: 'You fool' },
        languages: ['en'],
        requestedAttributes: { TOXICITY: {} },
        doNotStore: true,
      },
    },
  ]);
  expect(asked[0]?.headers['x-goog-api-key']).toBe('a-key-of-twenty-chars');
});

test('what was refused for now is asked again', async () => {
  reply = (_, times) => (times < 3 ? { status: times === 1 ? 429 : 503, body: {} } : scored(0.5));
  expect(await judge().toxicity('Hello')).toBe(0.5);
  expect(asked).toHaveLength(3);
});

test('what cannot be scored is no number: it throws with the reason, and without the key', async () => {
  reply = () => ({
    status: 400,
    body: { error: { message: 'language not supported, a-key-of-twenty-chars' } },
  });
  const error = await judge()
    .toxicity('???')
    .catch(error => error);
  expect(error).toBeInstanceOf(Unscored);
  expect(error.message).toMatch(/answered 400: .*language not supported, \[key\]/);
  expect(asked).toHaveLength(1);
  await expect(judge().toxicity('x'.repeat(20_481))).rejects.toThrow('up to 20480 bytes, found 20481');
});

test('an answer without a score is asked again, and never taken for 0', async () => {
  reply = () => ({ status: 200, body: { attributeScores: {} } });
  await expect(judge({ tries: 2 }).toxicity('Hello')).rejects.toBeInstanceOf(Unscored);
  expect(asked).toHaveLength(2);
});

test('with a cache no text is asked twice, by this judge or the next', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'perspective-'));
  expect(await judge({ cache }).toxicity('Hello')).toBe(0.25);
  reply = () => ({ status: 500, body: {} });
  expect(await judge({ cache }).toxicity('Hello')).toBe(0.25);
  expect(asked).toHaveLength(1);
});

test('calls start as far apart as the rate allows', async () => {
  const slow = judge({ perSecond: 20 });
  const start = performance.now();
  await Promise.all(['a', 'b', 'c', 'd'].map(text => slow.toxicity(text)));
  // Three times 50 ms, each of which a timer may end a millisecond early.
  expect(performance.now() - start).toBeGreaterThan(145);
});

test('without a key nothing is asked', () => {
  vi.stubEnv('PERSPECTIVE_API_KEY', '');
  expect(() => perspective()).toThrow('a key is required in PERSPECTIVE_API_KEY, found none');
});
