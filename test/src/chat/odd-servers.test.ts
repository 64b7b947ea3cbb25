import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type GenerateOptions, type OpenAiOptions, openAiModel } from '../../../src/chat/index.ts';
import type { Generation } from '../../../src/schema.ts';
import { answerTo, type Failure, openAiServer, send } from '../../fixtures/openai-server.ts';

const options = (base: string, more: Partial<OpenAiOptions> = {}): OpenAiOptions => ({
  model: 'test',
  base,
  timeout: 1000,
  backOff: 1,
  ...more,
});

const question = (text: string) => ({ id: text, text });

async function ask(model: ReturnType<typeof openAiModel>, texts: string[], settings: GenerateOptions = {}) {
  const found: Generation[] = [];
  for await (const answer of model.generate(texts.map(question), { chat: true, ...settings }))
    found.push(answer);
  return new Map(found.map(answer => [answer.promptId, answer]));
}

afterEach(() => vi.unstubAllEnvs());

describe('an answer that is none', () => {
  const KINDS: [Failure, string][] = [
    ['null', 'no-answer'],
    ['reasoning', 'no-answer'],
    ['filtered', 'filtered'],
    ['page', 'malformed'],
    ['no choices', 'malformed'],
    ['broken', 'rejected'],
    ['too many', 'rejected'],
    ['silent', 'timeout'],
  ];

  test('is a failure of its kind, is kept nowhere, and is asked again, alone', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'calls-'));
    const failures = KINDS.map(([failure]) => failure);
    await using server = await openAiServer({ fail: prompt => failures.find(failure => failure === prompt) });
    const texts = ['good', ...failures];
    const opened = () => openAiModel(options(server.base, { cache, tries: 2 }));
    const first = await ask(opened(), texts);
    expect(first.get('good')?.text).toBe(answerTo('good'));
    expect(failures.map(failure => [failure, first.get(failure)?.error?.kind])).toEqual(KINDS);
    expect(failures.map(failure => first.get(failure)?.text)).toEqual(failures.map(() => null));
    expect(first.get('reasoning')?.reasoning).toBe('Hm.');

    server.asked.length = 0;
    server.options = {};
    const second = await ask(opened(), texts);
    expect(texts.map(text => second.get(text)?.text)).toEqual(texts.map(answerTo));
    expect(server.asked.map(({ prompt }) => prompt).sort()).toEqual([...failures].sort());
  });

  test('is a page that is asked for three times and not more', async () => {
    await using server = await openAiServer({ fail: () => 'page' });
    const answers = await ask(openAiModel(options(server.base, { tries: 12 })), ['q']);
    expect(answers.get('q')?.error?.message).toBe(
      `No answer after 3 tries: ${server.base}/chat/completions answered 200: <html>Welcome to the gateway</html>`,
    );
    expect(server.asked).toHaveLength(3);
  });
});

test('an answer that was cut by length is an answer, and says so', async () => {
  await using server = await openAiServer({ finish: () => 'length' });
  expect((await ask(openAiModel(options(server.base)), ['q'])).get('q')).toMatchObject({
    text: answerTo('q'),
    finish: 'length',
  });
});

test('reasoning is kept apart from the answer', async () => {
  await using server = await openAiServer({ reply: () => '<think>\nHm.\n</think>\n\nYes.' });
  expect((await ask(openAiModel(options(server.base)), ['q'])).get('q')).toMatchObject({
    text: 'Yes.',
    reasoning: 'Hm.',
  });
});

describe('a server that only streams', () => {
  test.each(['refuses', 'always'] as const)('is read (it %s)', async streams => {
    await using server = await openAiServer({ streams });
    const model = openAiModel(options(server.base, { concurrency: 1 }));
    const texts = ['one', 'two'];
    const chat = await ask(model, texts);
    const raw = await ask(model, texts, { chat: false });
    for (const answers of [chat, raw])
      for (const text of texts)
        expect(answers.get(text)).toMatchObject({ text: answerTo(text), finish: 'stop', tokens: 3 });
    // It is asked in vain once, and not for each prompt.
    expect(server.asked).toHaveLength(streams === 'refuses' ? 5 : 4);
  });

  test('and is cut is asked again, as often as any that is cut', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        const whole = server.asked.length > 4;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        // A comment, as gateways send while they wait.
        response.write(': waiting\n\ndata: {"choices":[{"delta":{"content":"Ye"}}]}\n\n');
        response.end(whole ? 'data: {"choices":[{"delta":{"content":"s"}}]}\n\ndata: [DONE]\n\n' : '');
        return true;
      },
    });
    expect((await ask(openAiModel(options(server.base)), ['q'])).get('q')?.text).toBe('Yes');
    expect(server.asked).toHaveLength(5);
  });

  test('and sends a whole stream without an answer is asked three times', async () => {
    await using server = await openAiServer({ streams: 'always', fail: () => 'no choices' });
    const answers = await ask(openAiModel(options(server.base)), ['q']);
    expect(answers.get('q')?.error).toMatchObject({ kind: 'malformed' });
    expect(server.asked).toHaveLength(3);
  });
});

describe('a server of today', () => {
  const refusing = (field: string, other: string) =>
    openAiServer({
      handle: ({ body }, response) => {
        if (!(field in body)) return false;
        const message = `Unsupported parameter: '${field}' is not supported with this model. Use '${other}' instead.`;
        send(response, 400, { error: { message } });
        return true;
      },
    });

  test('that knows max_completion_tokens alone is asked with it, and refuses once', async () => {
    await using server = await refusing('max_tokens', 'max_completion_tokens');
    const model = openAiModel(options(server.base, { concurrency: 1 }));
    const answers = await ask(model, ['one', 'two'], { maxTokens: 9 });
    expect([...answers.values()].map(({ text }) => text)).toEqual(['one', 'two'].map(answerTo));
    expect(server.asked.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [9, undefined],
      [undefined, 9],
      [undefined, 9],
    ]);
  });

  test('is asked with the fields and headers that are given, with values of the environment', async () => {
    vi.stubEnv('TEAM', 'blue');
    await using server = await openAiServer();
    const given = { extra: { reasoning_effort: 'low' }, headers: { 'X-Team': `\${TEAM} team` } };
    await ask(openAiModel(options(server.base, given)), ['q']);
    expect(server.asked[0]?.body.reasoning_effort).toBe('low');
    expect(server.asked[0]?.headers['x-team']).toBe('blue team');
  });

  test('is asked with a header that is given in place of the key’s', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'a-key');
    await using server = await openAiServer();
    await ask(openAiModel(options(server.base, { headers: { Authorization: 'Token mine' } })), ['q']);
    expect(server.asked[0]?.authorization).toBe('Token mine');
  });

  test('whose header cannot be filled or sent is not asked, and no value is repeated', () => {
    const opened = (headers: Record<string, string>) => () =>
      openAiModel(options('http://127.0.0.1:1/v1', { headers }));
    expect(opened({ 'X-Team': `\${NO_SUCH_TEAM}` })).toThrow(
      'Cannot ask the server: the header X-Team requires the environment variable NO_SUCH_TEAM, which is not set',
    );
    expect(opened({ 'X Team': 'blue' })).toThrow('the header "X Team" must have a name and a value');
  });

  test('of Azure is asked by its path and its version, with its header of the key', async () => {
    vi.stubEnv('AZURE_KEY', 'a-key');
    await using server = await openAiServer();
    const base = `${server.base.replace('/v1', '')}/openai/deployments/gpt-4o?api-version=2024-10-21`;
    const answers = await ask(openAiModel(options(base, { apiKeyEnv: 'AZURE_KEY' })), ['q']);
    expect(answers.get('q')?.text).toBe(answerTo('q'));
    const [asked] = server.asked;
    expect(asked?.path).toBe('/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21');
    expect([asked?.headers['api-key'], asked?.authorization]).toEqual(['a-key', undefined]);
  });

  test('is known by the address of a call too', async () => {
    await using server = await openAiServer();
    await ask(openAiModel(options(`${server.base}/chat/completions`)), ['q']);
    expect(server.asked[0]?.path).toBe('/v1/chat/completions');
  });
});

test('a server that is not there is named, and ends the run', async () => {
  const server = await openAiServer();
  await server[Symbol.asyncDispose]();
  const model = openAiModel(options(server.base, { connectTimeout: 100 }));
  await expect(ask(model, ['q'])).rejects.toThrow(
    `Cannot reach ${new URL(server.base).origin} within 0.1 s: ECONNREFUSED`,
  );
});
