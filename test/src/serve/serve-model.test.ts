import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { type LanguageModel, recordedAnswers } from '../../../src/chat/index.ts';
import { parseAnswers } from '../../../src/readers/index.ts';
import { type ModelServer, type RequestEntry, serveModel } from '../../../src/serve/index.ts';
import { eventually } from '../../fixtures/patience.ts';
import { servedModel } from '../../fixtures/served-model.ts';

const served = servedModel({ maxConcurrentRequests: 3 });

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

interface Problem {
  error: { message: string; type: string; param: string | null; code: string | null };
}

async function problem(asked: Promise<Response>): Promise<[number, Problem['error']]> {
  const response = await asked;
  return [response.status, ((await response.json()) as Problem).error];
}

const running: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close(0)));
});

/** A server of another model, which ends with the test. */
async function serve(model: LanguageModel, options = {}): Promise<ModelServer> {
  const server = await serveModel(model, { port: 0, ...options });
  running.push(server);
  return server;
}

const post = ({ base }: ModelServer, path: string, body: unknown, options: RequestInit = {}) =>
  fetch(base + path, { method: 'POST', body: JSON.stringify(body), ...options });

/** A model that answers once it is let to, and knows whom it has answered. */
function slowModel() {
  const asked: { text: string; signal: AbortSignal | undefined }[] = [];
  const letGo: (() => void)[] = [];
  const model: LanguageModel = {
    name: 'slow',
    identity: 'slow',
    async *generate([question], { signal } = {}) {
      asked.push({ text: question?.text ?? '', signal });
      await new Promise<void>((resolve, reject) => {
        letGo.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      yield {
        promptId: '',
        model: 'slow',
        text: `${question?.text}!`,
        tokens: 1,
        finish: 'stop',
        evidence: 'live',
      };
    },
  };
  return { model, asked, letGo };
}

describe('chat', () => {
  const messages = [{ role: 'user', content: 'hello' }];

  async function answer(options = {}) {
    for await (const found of served.model.generate([{ id: '', text: 'hello' }], { chat: true, ...options }))
      return found;
    return expect.fail('no answer');
  }

  test('is what the model answers through its template, in parts of text too', async () => {
    const expected = await answer({ maxTokens: 6 });
    for (const content of [
      'hello',
      [
        { type: 'text', text: 'hel' },
        { type: 'text', text: 'lo' },
      ],
    ]) {
      const body = { model: 'tiny', messages: [{ role: 'user', content }], max_tokens: 6, temperature: 0 };
      const found = await (await served.post('/v1/chat/completions', body)).json();
      expect(found).toMatchObject({
        object: 'chat.completion',
        model: 'tiny',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: expected.text },
            logprobs: null,
            finish_reason: expected.finish,
          },
        ],
        // <s>, <user>, five letters and <bot>.
        usage: { prompt_tokens: 8, completion_tokens: expected.tokens },
      });
    }
  });

  test('reports log-probabilities with their bytes', async () => {
    const body = { messages, max_tokens: 4, temperature: 0, logprobs: true, top_logprobs: 2 };
    const { choices } = (await (await served.post('/v1/chat/completions', body)).json()) as {
      choices: [
        {
          message: { content: string };
          logprobs: {
            content: { token: string; logprob: number; bytes: number[]; top_logprobs: object[] }[];
          };
        },
      ];
    };
    const { content } = choices[0].logprobs;
    const spoken = content.filter(({ token }) => !token.startsWith('<'));
    expect(spoken.map(({ token }) => token).join('')).toBe(choices[0].message.content);
    for (const { token, logprob, bytes, top_logprobs } of content) {
      expect(bytes).toEqual([...Buffer.from(token)]);
      expect(top_logprobs).toHaveLength(2);
      expect(top_logprobs[0]).toEqual({ token, logprob, bytes });
    }
  });

  test('streams its role, its text and its finish', async () => {
    const body = { messages, max_tokens: 6, temperature: 0, stream: true };
    const text = await (await served.post('/v1/chat/completions', body)).text();
    const chunks = text
      .trim()
      .split('\n\n')
      .slice(0, -1)
      .map(line => JSON.parse(line.slice('data: '.length)).choices[0]);
    const expected = await answer({ maxTokens: 6 });
    expect(chunks[0].delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(chunks.map(({ delta }) => delta.content ?? '').join('')).toBe(expected.text);
    expect(chunks.at(-1)).toMatchObject({ delta: {}, finish_reason: expected.finish });
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

describe('the models and the tokenizer', () => {
  const get = (path: string) => fetch(new URL(path, served.server.base));

  test('are reported', async () => {
    const entry = { id: 'tiny', object: 'model', owned_by: 'imitation-lab', created: expect.any(Number) };
    expect(await (await get('/v1/models')).json()).toEqual({ object: 'list', data: [entry] });
    expect(await (await get('/v1/models/tiny')).json()).toEqual(entry);
    expect(await (await get('/tokenizer_info')).json()).toEqual({
      bos_token: '<s>',
      eos_token: '</s>',
      chat_template: expect.stringContaining('<user>'),
      model_max_length: 24,
      vocab_size: 48,
    });
  });

  test('turn text into tokens and back, with the first token where it is wanted', async () => {
    const tokens = async (body: object) => (await served.post('/tokenize', body)).json();
    expect(await tokens({ prompt: 'ab', add_special_tokens: false })).toEqual({
      count: 1,
      max_model_len: 24,
      tokens: [46],
      token_strs: null,
    });
    expect(await tokens({ prompt: 'a<bot>', return_token_strs: true })).toMatchObject({
      tokens: [0, 4, 3],
      token_strs: ['<s>', 'a', '<bot>'],
    });
    const text = await (await served.post('/detokenize', { tokens: [0, 46, 3] })).json();
    expect(text).toEqual({ prompt: '<s>ab<bot>' });
  });
});

describe('a request is refused', () => {
  const message = { role: 'user', content: 'x' };
  const ask = (path: string, body: unknown) => problem(served.post(path, body));

  test.each<[object, string, string]>([
    [
      { prompt: 'x', temperature: 'hot' },
      'temperature',
      'temperature must be a number from 0 to 100, found "hot"',
    ],
    [{ prompt: 'x', top_p: 0 }, 'top_p', 'top_p must be a number above 0 to 1, found 0'],
    [
      { prompt: 'x', max_tokens: 1.5 },
      'max_tokens',
      'max_tokens must be an integer from 0 to 2147483648, found 1.5',
    ],
    [{ prompt: 'x', n: 0 }, 'n', 'n must be an integer from 1 to 128, found 0'],
    [{ prompt: 'x', seed: -1 }, 'seed', 'seed must be an integer from 0 to 4294967295, found -1'],
    [{ prompt: 'x', logprobs: 21 }, 'logprobs', 'logprobs must be an integer from 0 to 20, found 21'],
    [{ prompt: 'x', echo: 'yes' }, 'echo', 'echo must be true or false, found "yes"'],
    [
      { prompt: 'x', stop: [''] },
      'stop',
      'stop must be a text or a list of texts that are not empty, found [""]',
    ],
    [{ prompt: 'x', stream_options: 1 }, 'stream_options', 'stream_options must be an object'],
    [
      {},
      'prompt',
      'prompt must be a text, a list of texts, a list of token ids or a list of such lists, found nothing',
    ],
    [{ prompt: [1, 'x'] }, 'prompt', 'found [1,"x"]'],
    [{ prompt: [1, -1] }, 'prompt', 'found [1,-1]'],
    [{ prompt: [] }, 'prompt', 'found []'],
    [{ prompt: [48] }, 'prompt', 'Token ids below 48 are required, found 48'],
    [
      { prompt: 'x'.repeat(24) },
      'prompt',
      "This model's maximum context length is 24 tokens: a prompt of at most 23 is required, found 25",
    ],
    [
      { prompt: 'x', presence_penalty: 1 },
      'presence_penalty',
      'presence_penalty is not supported: it must be left out or 0, found 1',
    ],
    [{ prompt: 'x', best_of: 3 }, 'best_of', 'best_of is not supported: it must be left out or 1, found 3'],
    [{ prompt: 'x', temprature: 1 }, 'temprature', 'Unrecognized field: temprature'],
    [
      { prompt: Array(1025).fill('x'), n: 2 },
      'n',
      'At most 2048 answers to a request are given, 2050 were asked for',
    ],
  ])('completion %# names its field', async (body, param, text) => {
    const [status, error] = await ask('/v1/completions', body);
    expect([status, error.type, error.param]).toEqual([400, 'invalid_request_error', param]);
    expect(error.message).toContain(text);
  });

  test.each<[object, string, string]>([
    [{}, 'messages', 'messages must be a list of at least one message, found nothing'],
    [
      { messages: [{ role: 'tool', content: 'x' }] },
      'messages[0].role',
      'must be one of system, developer, user, assistant, found "tool"',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      'messages[0].content',
      'a list of parts of type text',
    ],
    [
      { messages: [message, { role: 'assistant', content: 'y' }] },
      'messages',
      "must end with a user's turn, found assistant",
    ],
    [{ messages: [message], top_logprobs: 2 }, 'top_logprobs', 'only allowed where logprobs is true'],
    [{ messages: [message], tools: [{ type: 'function' }] }, 'tools', 'tools is not supported'],
    [
      { messages: [message], response_format: { type: 'json_object' } },
      'response_format',
      'is not supported',
    ],
    [{ messages: [message], max_tokens: 0 }, 'max_tokens', 'from 1'],
  ])('chat %# names its field', async (body, param, text) => {
    const [status, error] = await ask('/v1/chat/completions', body);
    expect([status, error.type, error.param]).toEqual([400, 'invalid_request_error', param]);
    expect(error.message).toContain(text);
  });

  test('where it is no JSON object, for another model, or nothing is there', async () => {
    expect(await ask('/v1/completions', '{"prompt":')).toEqual([
      400,
      expect.objectContaining({ message: expect.stringContaining('must be JSON') }),
    ]);
    expect(await ask('/v1/completions', '[]')).toEqual([
      400,
      expect.objectContaining({ message: 'The body of a request must be a JSON object' }),
    ]);
    expect(await ask('/v1/completions', { model: 'gpt-4', prompt: 'x' })).toEqual([
      404,
      {
        message: 'The model "gpt-4" is not served here, "tiny" is',
        type: 'not_found_error',
        param: 'model',
        code: 'model_not_found',
      },
    ]);
    const got = (path: string, options: RequestInit = {}) =>
      problem(fetch(new URL(path, served.server.base), options));
    expect((await got('/v1/models/gpt-4'))[1].code).toBe('model_not_found');
    expect(await got('/v2')).toEqual([
      404,
      expect.objectContaining({ message: 'Nothing is served under /v2' }),
    ]);
    expect((await got('/%ff'))[0]).toBe(400);
    expect((await got('/__proto__'))[0]).toBe(404);
    expect((await got('/v1/completions'))[0]).toBe(405);
    const { headers } = await fetch(new URL('/v1/completions', served.server.base));
    expect(headers.get('allow')).toBe('POST');
  });

  test('where it is larger than 32 MiB, with and without a length', async () => {
    const large = 'x'.repeat(2 ** 25);
    expect((await ask('/v1/completions', { prompt: large }))[0]).toBe(413);
    const chunked = request(`${served.server.base}/completions`, { method: 'POST' });
    const status = new Promise(resolve => chunked.once('response', ({ statusCode }) => resolve(statusCode)));
    for (let i = 0; i < 33; i++) chunked.write('x'.repeat(2 ** 20));
    chunked.end();
    expect(await status).toBe(413);
    // The connection is as good as before.
    for (let i = 0; i < 3; i++) expect((await ask('/v1/completions', { prompt: large }))[0]).toBe(413);
  });

  test('with 429 and when to come again while as many as are let in are in progress', async () => {
    const { model, letGo } = slowModel();
    const server = await serve(model, { maxConcurrentRequests: 3, concurrency: 2 });
    const ask = () => post(server, '/completions', { prompt: 'x' });
    const first = [ask(), ask(), ask()];
    await eventually(() => expect(letGo).toHaveLength(2));
    const fourth = await ask();
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '1']);
    expect(((await fourth.json()) as Problem).error).toMatchObject({
      type: 'rate_limit_error',
      code: 'queue_full',
    });
    for (const go of letGo) go();
    await eventually(() => expect(letGo).toHaveLength(3));
    letGo.at(-1)?.();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const after = ask();
    await eventually(() => expect(letGo).toHaveLength(4));
    letGo.at(-1)?.();
    expect((await after).status).toBe(200);
  });

  test('without the key, and nowhere does the key show', async () => {
    const key = 'a-key-that-must-not-leak';
    const entries: RequestEntry[] = [];
    const { model } = slowModel();
    const server = await serve(model, { key, onRequest: (entry: RequestEntry) => entries.push(entry) });
    const ask = (authorization?: string) =>
      fetch(`${server.base}/models`, authorization === undefined ? {} : { headers: { authorization } });
    for (const wrong of [undefined, 'Bearer wrong', `Basic ${key}`, key])
      expect(await problem(ask(wrong))).toEqual([
        401,
        expect.objectContaining({ type: 'authentication_error', code: 'invalid_api_key' }),
      ]);
    expect((await ask(`Bearer ${key}`)).status).toBe(200);
    await eventually(() => expect(entries).toHaveLength(5));
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  test('from web pages, except for those that are allowed', async () => {
    const { model } = slowModel();
    const shut = await serve(model);
    const open = await serve(model, { origin: 'http://page.example' });
    const ask = (server: ModelServer, origin: string, method = 'GET') =>
      fetch(`${server.base}/models`, { method, headers: { origin } });
    const refused = await ask(shut, 'http://page.example');
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect((await ask(open, 'http://other.example')).status).toBe(403);
    const allowed = await ask(open, 'http://page.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'http://page.example',
    ]);
    const before = await ask(open, 'http://page.example', 'OPTIONS');
    expect([before.status, before.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type',
    ]);
  });
});

describe('a model that has texts alone', () => {
  const rows = [{ prompt: 'Why?', output: 'Because.' }].map(row => JSON.stringify(row)).join('\n');
  const recorded = recordedAnswers(parseAnswers(rows, { name: 'record.jsonl' }));

  test('answers texts and conversations of one turn, whole and as a stream', async () => {
    const server = await serve(recorded);
    const text = await (await post(server, '/completions', { prompt: 'Why?', echo: true })).json();
    expect(text).toMatchObject({ choices: [{ text: 'Why?Because.', finish_reason: 'stop' }] });
    expect(text).not.toHaveProperty('usage');
    const messages = [{ role: 'user', content: 'Why?' }];
    const chat = await (await post(server, '/chat/completions', { messages })).json();
    expect(chat).toMatchObject({ choices: [{ message: { content: 'Because.' } }] });
    const stream = await (await post(server, '/chat/completions', { messages, stream: true })).text();
    expect(stream).toContain('"delta":{"content":"Because."}');
  });

  test.each([
    [{ prompt: 'Why?', logprobs: 1 }, 'logprobs', 'The model record reports no log-probabilities'],
    [{ prompt: [1, 2] }, 'prompt', 'The model record reads texts, and no token ids'],
    [{ prompt: 'Why?', top_k: 5 }, 'top_k', 'cannot sample from the k most likely tokens'],
    [{ prompt: 'Why?', repetition_penalty: 2 }, 'repetition_penalty', 'cannot make tokens less likely'],
  ])('refuses %j by name', async (body, param, text) => {
    const [status, error] = await problem(post(await serve(recorded), '/completions', body));
    expect([status, error.param, error.code]).toEqual([400, param, 'unsupported_parameter']);
    expect(error.message).toContain(text);
  });

  test('says why it has no answer, in a stream too', async () => {
    const server = await serve(recorded);
    const reason = 'the record holds no answer to this prompt';
    const [status, error] = await problem(post(server, '/completions', { prompt: 'How?' }));
    expect([status, error.message, error.code]).toEqual([422, reason, 'no_answer']);
    const stream = await (await post(server, '/completions', { prompt: 'How?', stream: true })).text();
    expect(stream).toContain(reason);
    expect(stream).not.toContain('[DONE]');
    expect((await fetch(new URL('/tokenizer_info', server.base))).status).toBe(404);
  });

  test('that cannot be asked at all is unavailable', async () => {
    const model: LanguageModel = {
      name: 'away',
      identity: 'away',
      // biome-ignore lint/correctness/useYield: it fails before there is anything to give.
      async *generate() {
        throw new Error('No answer after 8 tries: there is no server');
      },
    };
    const [status, error] = await problem(post(await serve(model), '/completions', { prompt: 'x' }));
    expect([status, error.type]).toEqual([503, 'server_error']);
  });
});

describe('a client that leaves', () => {
  test('ends its answer, and a waiting one is never started', async () => {
    const { model, asked, letGo } = slowModel();
    const entries: RequestEntry[] = [];
    const server = await serve(model, {
      concurrency: 1,
      onRequest: (entry: RequestEntry) => entries.push(entry),
    });
    const leave = new AbortController();
    const running = post(server, '/completions', { prompt: 'running' }, { signal: leave.signal });
    await eventually(() => expect(asked).toHaveLength(1));
    const waiting = post(server, '/completions', { prompt: 'waiting' }, { signal: leave.signal });
    const staying = post(server, '/completions', { prompt: 'staying' });
    // What listens to the client must live as long as the client may leave.
    for (let i = 0; i < 5; i++) {
      collectGarbage();
      await setTimeout(20);
    }
    leave.abort();
    await expect(running).rejects.toThrow('abort');
    await expect(waiting).rejects.toThrow('abort');
    await eventually(() => expect(asked.map(({ text }) => text)).toEqual(['running', 'staying']));
    expect(asked[0]?.signal?.aborted).toBe(true);
    letGo.at(-1)?.();
    expect((await staying).status).toBe(200);
    await eventually(() => expect(entries.map(({ status }) => status).sort()).toEqual([200, 499, 499]));
  });

  test('in the middle of a stream leaves the model to the others', async () => {
    const before = served.entries.length;
    const leave = new AbortController();
    const body = { prompt: 'x', max_tokens: 20, temperature: 1, seed: 3, stream: true };
    const response = await fetch(`${served.server.base}/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    leave.abort();
    const other = await served.post('/v1/completions', { prompt: 'x', max_tokens: 3 });
    expect(other.status).toBe(200);
    await eventually(() =>
      expect(
        served.entries
          .slice(before)
          .map(({ status }) => status)
          .sort(),
      ).toEqual([200, 499]),
    );
  });
});

describe('the server', () => {
  test('reports each request’s kind, and nothing of its content', async () => {
    const before = served.entries.length;
    await served.post('/v1/completions?x=secret', { prompt: 'secret', max_tokens: 3, temperature: 0 });
    await eventually(() => expect(served.entries).toHaveLength(before + 1));
    expect(served.entries.at(-1)).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      method: 'POST',
      path: '/v1/completions',
      status: 200,
      ms: expect.any(Number),
      answers: 1,
      promptTokens: 7,
      completionTokens: 3,
    });
  });

  test('stops after the requests in progress, and lets no more in', async () => {
    const { model, letGo } = slowModel();
    const server = await serve(model);
    const last = post(server, '/completions', { prompt: 'last' });
    await eventually(() => expect(letGo).toHaveLength(1));
    const closed = server.close();
    await expect(fetch(`${server.base}/models`)).rejects.toThrow();
    letGo[0]?.();
    expect((await last).status).toBe(200);
    await closed;
  });

  test('cuts what is not answered in time', async () => {
    const { model, asked } = slowModel();
    const server = await serve(model);
    const cut = post(server, '/completions', { prompt: 'last' });
    const failed = expect(cut).rejects.toThrow();
    await eventually(() => expect(asked).toHaveLength(1));
    await server.close(20);
    await failed;
    await eventually(() => expect(asked[0]?.signal?.aborted).toBe(true));
  });

  test('turns away with 503 who asks on an open connection while it stops', async () => {
    const { model, letGo } = slowModel();
    const server = await serve(model);
    const first = post(server, '/completions', { prompt: 'first' });
    // A request that has begun and whose body is yet to come.
    const late = request(`${server.base}/completions`, { method: 'POST' });
    late.flushHeaders();
    const status = new Promise(resolve => late.once('response', ({ statusCode }) => resolve(statusCode)));
    await eventually(() => expect(letGo).toHaveLength(1));
    const closed = server.close();
    late.end(JSON.stringify({ prompt: 'late' }));
    expect(await status).toBe(503);
    letGo[0]?.();
    expect((await first).status).toBe(200);
    await closed;
  });

  test('says where it cannot listen', async () => {
    const { model } = slowModel();
    const { port } = new URL(served.server.base);
    await expect(serveModel(model, { port: Number(port) })).rejects.toThrow(
      `Cannot serve slow on 127.0.0.1, port ${port}: `,
    );
  });
});
