import { mkdtemp } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { APIConnectionError, BadRequestError, NotFoundError } from 'openai';
import { describe, expect, test } from 'vitest';
import { type Likelihood, openAiModel } from '../../../src/chat/index.ts';
import type { Generation } from '../../../src/schema.ts';
import { servedModel } from '../../fixtures/served-model.ts';

const served = servedModel();

const PROMPTS = ['hello', 'x', 'why?', 'a-b-c', 'one,two', '2:3', 'abcd', 'z'];
const QUESTIONS = PROMPTS.map((text, index) => ({ id: `${index}`, text }));

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Text and finish of each answer, in the order of the questions. */
async function answers(found: AsyncIterable<Generation>) {
  const rows = await all(found);
  return rows
    .sort((a, b) => Number(a.promptId) - Number(b.promptId))
    .map(({ text, tokens, finish }) => ({ text, tokens, finish }));
}

describe('OpenAI’s own client', () => {
  const client = () => new OpenAI({ baseURL: served.server.base, apiKey: 'none', maxRetries: 0 });

  test('lists the model', async () => {
    expect((await all(client().models.list())).map(({ id }) => id)).toEqual(['tiny']);
  });

  test('completes, whole and in a stream', async () => {
    const [expected] = await answers(served.model.generate(QUESTIONS.slice(0, 1), { maxTokens: 6 }));
    const body = { model: 'tiny', prompt: 'hello', max_tokens: 6, temperature: 0, logprobs: 1 };
    const { choices, usage } = await client().completions.create(body);
    expect(choices[0]?.text).toBe(expected?.text);
    expect(choices[0]?.logprobs?.tokens?.length).toBeGreaterThan(0);
    expect(usage?.prompt_tokens).toBe(6);
    const pieces = await all(await client().completions.create({ ...body, stream: true }));
    expect(pieces.map(({ choices }) => choices[0]?.text).join('')).toBe(expected?.text);
  });

  test('chats, whole and in a stream with counts', async () => {
    const options = { maxTokens: 6, chat: true };
    const [expected] = await answers(served.model.generate(QUESTIONS.slice(0, 1), options));
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const body = { model: 'tiny', messages, max_completion_tokens: 6, temperature: 0 };
    const whole = await client().chat.completions.create({ ...body, logprobs: true, top_logprobs: 1 });
    expect(whole.choices[0]?.message).toMatchObject({ role: 'assistant', content: expected?.text });
    expect(whole.choices[0]?.logprobs?.content?.[0]?.top_logprobs).toHaveLength(1);
    const options2 = { stream: true as const, stream_options: { include_usage: true } };
    const chunks = await all(await client().chat.completions.create({ ...body, ...options2 }));
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(expected?.text);
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
  });

  test('receives errors as it knows them', async () => {
    const ask = (model: string, temperature: number) =>
      client().completions.create({ model, prompt: 'x', temperature });
    const wrong = await ask('tiny', -1).catch(error => error);
    expect(wrong).toBeInstanceOf(BadRequestError);
    expect([wrong.status, wrong.param, wrong.type]).toEqual([400, 'temperature', 'invalid_request_error']);
    const other = await ask('other', 0).catch(error => error);
    expect(other).toBeInstanceOf(NotFoundError);
    expect(other.code).toBe('model_not_found');
    const nowhere = new OpenAI({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'none', maxRetries: 0 });
    await expect(nowhere.models.list()).rejects.toBeInstanceOf(APIConnectionError);
  });
});

const FAILURES = ['429', '500', 'cut before', 'cut within', 'truncated'];

/** Passes calls on to the server, and fails three of ten, each in another way. */
async function failingProxy() {
  const failures: string[] = [];
  let calls = 0;
  const proxy = createServer((incoming, outgoing) => {
    const failure = [0, 3, 6].includes(calls++ % 10)
      ? FAILURES[failures.length % FAILURES.length]
      : undefined;
    if (failure) failures.push(failure);
    if (failure === '429') return void outgoing.writeHead(429, { 'retry-after': '0.01' }).end('{}');
    if (failure === '500') return void outgoing.writeHead(500).end('Internal error');
    if (failure === 'cut before') return void incoming.socket.destroy();
    const { method = '', url = '', headers } = incoming;
    const on = request(new URL(url, served.server.base), { method, headers }, async response => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      const half = whole.subarray(0, whole.length / 2);
      const head = { 'content-type': 'application/json' };
      outgoing.writeHead(response.statusCode ?? 500, head);
      if (failure === 'truncated') outgoing.end(half);
      else if (failure === 'cut within') outgoing.write(half, () => outgoing.socket?.destroy());
      else outgoing.end(whole);
    });
    incoming.pipe(on);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return {
    failures,
    base: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise(resolve => proxy.close(resolve));
    },
  };
}

describe('our own client', () => {
  async function client(base: string) {
    const cache = await mkdtemp(join(tmpdir(), 'calls-'));
    return openAiModel({ model: 'tiny', base, cache, backOff: 1, tries: 12, timeout: 30_000 });
  }

  test.each([
    ['raw text', { maxTokens: 6 }],
    ['chat', { maxTokens: 6, chat: true }],
    ['sampled answers', { maxTokens: 6, temperature: 1, topP: 0.9, seed: 5 }],
    ['answers to a stop text', { maxTokens: 8, stop: ['a', 'b', '1'] }],
  ])('gets the %s that the model itself gives, though three calls of ten fail', async (_, options) => {
    await using proxy = await failingProxy();
    const remote = await client(proxy.base);
    expect(await answers(remote.generate(QUESTIONS, options))).toEqual(
      await answers(served.model.generate(QUESTIONS, options)),
    );
    expect(proxy.failures.length).toBeGreaterThan(2);
  });

  test('gets the scores that the model itself gives, and knows what is greedy', async () => {
    await using proxy = await failingProxy();
    const remote = await client(proxy.base);
    const greedy = await all(served.model.generate(QUESTIONS, { maxTokens: 2 }));
    const items = QUESTIONS.flatMap(({ id, text: prompt }) =>
      [greedy.find(({ promptId }) => promptId === id)?.text ?? '', 'b', 'xyz'].map((continuation, index) => ({
        id: `${id}/${index}`,
        prompt,
        continuation,
      })),
    );
    const byId = async (found: AsyncIterable<Likelihood>) =>
      new Map((await all(found)).map(({ id, ...rest }) => [id, rest]));
    const [theirs, ours] = [await byId(remote.scoreEach(items)), await byId(served.model.scoreEach(items))];
    expect(theirs.size).toBe(items.length);
    for (const [id, { logprob, tokens, greedy }] of ours)
      expect([id, theirs.get(id)]).toEqual([
        id,
        { logprob: expect.closeTo(logprob ?? 0, 4), tokens, greedy, latency: expect.any(Number) },
      ]);
    expect([...ours.values()].filter(({ greedy }) => greedy).length).toBeGreaterThan(0);
    expect(proxy.failures.length).toBeGreaterThan(2);
  });
});
