import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Likelihood, type OpenAiOptions, openAiModel } from '../../../src/chat/index.ts';
import type { Generation } from '../../../src/schema.ts';
import { answerTo, failThirtyPercent, openAiServer, send } from '../../fixtures/openai-server.ts';

const KEY = 'sk-a-key-that-must-not-leak';

/** A folder of its own, so that no test finds another's answers. */
const freshCache = () => mkdtemp(join(tmpdir(), 'calls-'));

/** Impatient options: a silent server is given up after a second. */
async function options(base: string, more: Partial<OpenAiOptions> = {}): Promise<OpenAiOptions> {
  return { model: 'test', base, cache: await freshCache(), timeout: 1000, backOff: 1, ...more };
}

const questions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `q${index}`, text: `Question ${index}` }));

async function all(answers: AsyncIterable<Generation>): Promise<Generation[]> {
  const found: Generation[] = [];
  for await (const answer of answers) found.push(answer);
  return found.sort((a, b) => a.promptId.localeCompare(b.promptId, 'en', { numeric: true }));
}

afterEach(() => vi.unstubAllEnvs());

describe('what is asked', () => {
  test('raw text goes to completions, with every parameter', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    const settings = { maxTokens: 7, temperature: 0.5, topP: 0.9, seed: 3, stop: ['\n'] };
    const answers = await all(model.generate([{ id: 'a', text: 'Why is it?' }], settings));
    expect(server.asked.map(({ path, body }) => ({ path, body }))).toEqual([
      {
        path: '/v1/completions',
        body: {
          model: 'test',
          prompt: 'Why is it?',
          max_tokens: 7,
          temperature: 0.5,
          top_p: 0.9,
          seed: 3,
          stop: ['\n'],
        },
      },
    ]);
    expect(answers).toEqual([
      {
        promptId: 'a',
        model: 'test',
        text: 'Answer to “Why is it?”',
        tokens: 5,
        finish: 'stop',
        evidence: 'live',
        latency: expect.any(Number),
      },
    ]);
  });

  test('chat goes to chat completions, and extra fields replace others', async () => {
    await using server = await openAiServer();
    const extra = { max_tokens: null, max_completion_tokens: 9 };
    const model = openAiModel(await options(server.base, { extra, name: 'teacher' }));
    const [answer] = await all(model.generate([{ id: 'a', text: 'Hello' }], { chat: true }));
    expect(answer).toMatchObject({ model: 'teacher', text: 'Answer to “Hello”' });
    expect(server.asked[0]?.path).toBe('/v1/chat/completions');
    expect(server.asked[0]?.body).toEqual({
      model: 'test',
      messages: [{ role: 'user', content: 'Hello' }],
      max_completion_tokens: 9,
      temperature: 0,
      top_p: 1,
      seed: 0,
    });
  });

  test('a conversation goes with its earlier turns', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    const history = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'Hi' },
      { role: 'assistant' as const, content: 'Hello!' },
    ];
    await all(model.generate([{ id: 'a', text: 'Why?', history }], { chat: true }));
    expect(server.asked[0]?.body.messages).toEqual([...history, { role: 'user', content: 'Why?' }]);
  });

  test('no more calls run at a time than allowed', async () => {
    let running = 0;
    let most = 0;
    await using server = await openAiServer({
      handle: ({ prompt }, response) => {
        most = Math.max(most, ++running);
        setTimeout(() => {
          running--;
          send(response, 200, { choices: [{ text: answerTo(prompt), finish_reason: 'stop' }] });
        }, 5);
        return true;
      },
    });
    const model = openAiModel(await options(server.base, { concurrency: 3 }));
    expect(await all(model.generate(questions(20)))).toHaveLength(20);
    expect(most).toBe(3);
  });

  test('an option out of range is refused before anything is asked', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    expect(() => model.generate([], { temperature: -1 })).toThrow(
      new RangeError('Cannot generate: temperature must be a number of at least 0, found -1'),
    );
    expect(server.asked).toEqual([]);
  });
});

describe('a server that fails three calls of ten', () => {
  const SEED = 5;

  test('loses no item, and is asked again only where it failed', async () => {
    await using server = await openAiServer({ fail: failThirtyPercent(SEED) });
    const model = openAiModel(await options(server.base, { tries: 12 }));
    const answers = await all(model.generate(questions(100)));
    expect(answers.map(({ text }) => text)).toEqual(questions(100).map(({ text }) => answerTo(text)));

    const failures = server.asked.filter(({ failure }) => failure);
    expect(failures.length / server.asked.length).toBeGreaterThan(0.2);
    expect(new Set(failures.map(({ failure }) => failure))).toEqual(
      new Set(['too many', 'broken', 'silent', 'cut']),
    );
    // Every failed call was made again, and no call that was answered.
    expect(server.asked.length).toBe(100 + failures.length);
  });

  test('is given up where it is silent, though memory is cleaned up meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    await using server = await openAiServer({ handle: () => true });
    const model = openAiModel(await options(server.base, { tries: 1, timeout: 300 }));
    const cleaning = setInterval(collect, 50);
    const [answer] = await all(model.generate(questions(1)));
    clearInterval(cleaning);
    expect(answer?.error?.message).toBe(
      `No answer after 1 tries: ${server.base}/completions: no answer within 300 ms`,
    );
  });

  test('changes no score', async () => {
    await using server = await openAiServer({ fail: failThirtyPercent(SEED) });
    const model = openAiModel(await options(server.base, { tries: 12 }));
    const continuations = Array.from({ length: 30 }, (_, index) => ` ${'x'.repeat(index + 1)} yy`);
    const scores = await model.score('Some prompt', continuations);
    // A token is a word here, and minus its letters its log-probability.
    expect(scores).toEqual(Array.from({ length: 30 }, (_, index) => -(index + 3)));
    expect(server.asked.filter(({ failure }) => failure).length).toBeGreaterThan(5);
  });
});

describe('trying again', () => {
  test('waits as long as Retry-After says', async () => {
    await using server = await openAiServer({
      handle: (asked, response) => {
        if (server.asked.length > 1) return false;
        send(response, 429, {}, { 'retry-after': '0.3' });
        return asked !== undefined;
      },
    });
    const model = openAiModel(await options(server.base, { timeout: 5000 }));
    const [answer] = await all(model.generate(questions(1)));
    expect(answer?.text).toBe('Answer to “Question 0”');
    const [first, second] = server.asked.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(295);
  });

  test('ends after the tries, and the item holds the reason while the others are unaffected', async () => {
    await using server = await openAiServer({
      fail: prompt => (prompt === 'Question 1' ? 'broken' : undefined),
    });
    const model = openAiModel(await options(server.base, { tries: 3 }));
    const answers = await all(model.generate(questions(3)));
    expect(answers.map(({ text }) => text)).toEqual([answerTo('Question 0'), null, answerTo('Question 2')]);
    expect(answers[1]).toEqual({
      promptId: 'q1',
      model: 'test',
      text: null,
      finish: 'error',
      evidence: 'live',
      error: {
        kind: 'rejected',
        message: `No answer after 3 tries: ${server.base}/completions answered 500: Internal error`,
      },
    });
    expect(server.asked.filter(({ prompt }) => prompt === 'Question 1')).toHaveLength(3);
  });

  test('does not try again what the server will refuse again', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, 400, { error: { message: 'The prompt is too long' } });
        return true;
      },
    });
    const model = openAiModel(await options(server.base));
    const [answer] = await all(model.generate(questions(1)));
    expect(answer?.error?.message).toBe(
      `${server.base}/completions answered 400: {"error":{"message":"The prompt is too long"}}`,
    );
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    [401, 'Incorrect API key'],
    [404, 'No such model'],
    [429, 'insufficient_quota'],
  ])('a %i that says "%s" ends the run, since no prompt would fare better', async (status, words) => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, status, { error: { message: words } });
        return true;
      },
    });
    const model = openAiModel(await options(server.base, { concurrency: 1 }));
    await expect(all(model.generate(questions(50)))).rejects.toThrow(
      `${server.base}/completions answered ${status}: {"error":{"message":"${words}"}}`,
    );
    expect(server.asked).toHaveLength(1);
  });

  test('a server that is not there ends the run, so that the rest is asked another time', async () => {
    const server = await openAiServer();
    await server[Symbol.asyncDispose]();
    const model = openAiModel(await options(server.base, { connectTimeout: 100 }));
    await expect(all(model.generate(questions(50)))).rejects.toThrow(
      `Cannot reach ${new URL(server.base).origin} within 0.1 s: ECONNREFUSED`,
    );
  });

  test('an answer that a filter kept back fails with its reason, and is no empty text', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, 200, {
          choices: [{ message: { content: null }, finish_reason: 'content_filter' }],
        });
        return true;
      },
    });
    const model = openAiModel(await options(server.base));
    const [answer] = await all(model.generate(questions(1), { chat: true }));
    expect(answer).toMatchObject({
      text: null,
      error: { kind: 'filtered', message: 'a filter kept the answer back' },
    });
  });
});

describe('the cache', () => {
  test('answers a second run without a call, and reports what was sent and which version answered', async () => {
    await using server = await openAiServer();
    const settings = await options(server.base);
    const first = await all(openAiModel(settings).generate(questions(5)));
    const onCall = vi.fn();
    const again = openAiModel({ ...settings, onCall });
    expect(await all(again.generate(questions(5)))).toEqual(first);
    expect(server.asked).toHaveLength(5);
    expect(again.spent).toEqual({ input: 0, output: 0, money: 0 });
    expect(onCall).toHaveBeenCalledTimes(5);
    expect(onCall.mock.calls.map(([call]) => call)).toContainEqual({
      url: `${server.base}/completions`,
      body: {
        model: 'test',
        prompt: 'Question 3',
        max_tokens: 256,
        temperature: 0,
        top_p: 1,
        seed: 0,
      },
      model: 'test-2026-11',
      response: expect.objectContaining({ usage: { prompt_tokens: 2, completion_tokens: 4 } }),
      latency: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      cached: true,
    });
  });

  test('another parameter is another call', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    await all(model.generate(questions(1), { seed: 1 }));
    await all(model.generate(questions(1), { seed: 2 }));
    expect(server.asked.map(({ body }) => body.seed)).toEqual([1, 2]);
  });

  test('asks each of equal questions, and each sample, and knows them again', async () => {
    await using server = await openAiServer();
    const settings = await options(server.base);
    const same = ['a', 'b'].flatMap(id => [0, 1].map(sample => ({ id, sample, text: 'The same' })));
    await all(openAiModel(settings).generate(same));
    expect(server.asked).toHaveLength(4);
    await all(openAiModel(settings).generate(same));
    expect(server.asked).toHaveLength(4);
  });

  test('is none unless a folder is named', async () => {
    await using server = await openAiServer();
    for (let run = 0; run < 2; run++)
      await all(openAiModel({ model: 'test', base: server.base }).generate(questions(2)));
    expect(server.asked).toHaveLength(4);
  });
});

describe('the latency', () => {
  test('is that of the try which was answered, and stays what it was when the answer was asked for', async () => {
    await using server = await openAiServer({
      handle: ({ prompt }, response) => {
        if (server.asked.length === 1) send(response, 429, {}, { 'retry-after': '0.2' });
        else setTimeout(() => send(response, 200, { choices: [{ text: answerTo(prompt) }] }), 50);
        return true;
      },
    });
    const settings = await options(server.base);
    const start = performance.now();
    const [asked] = await all(openAiModel(settings).generate(questions(1)));
    const passed = (performance.now() - start) / 1000;
    const { latency = 0 } = asked ?? {};
    // Timers may be a millisecond early.
    expect(latency).toBeGreaterThan(0.048);
    expect(passed - latency).toBeGreaterThan(0.195);
    const [kept] = await all(openAiModel(settings).generate(questions(1)));
    expect(server.asked).toHaveLength(2);
    expect(kept).toEqual(asked);
  });
});

describe('the budget', () => {
  // "Question 1" has two tokens and its answer four; set aside are 12 bytes of JSON and 10 tokens.
  test('stops before it is exceeded; prompts that remain say so and are not asked', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base, { budget: { tokens: 40 }, concurrency: 4 }));
    const answers = await all(model.generate(questions(20), { maxTokens: 10 }));
    expect(answers).toHaveLength(20);
    const failed = answers.filter(({ text }) => text === null);
    expect(server.asked).toHaveLength(20 - failed.length);
    expect(model.spent.input + model.spent.output).toBe(6 * server.asked.length);
    expect(model.spent.input + model.spent.output).toBeLessThanOrEqual(40);
    // Four calls cost 24, and a fifth could cost 22 or 23.
    expect(server.asked).toHaveLength(4);
    expect(failed[0]?.error?.message).toMatch(
      /^Not asked: up to 2[23] more tokens do not fit into the budget of 40 tokens; used are 24 tokens, 0 money$/,
    );
  });

  test('allows no call without a limit of its own', async () => {
    await using server = await openAiServer();
    const extra = { max_tokens: null };
    const model = openAiModel(await options(server.base, { budget: { tokens: 1e6 }, extra }));
    const [answer] = await all(model.generate(questions(1)));
    expect(answer?.error?.message).toContain('do not fit into the budget of 1000000 tokens');
    expect(server.asked).toEqual([]);
  });

  test('counts money by the price', async () => {
    await using server = await openAiServer();
    const price = { input: 1_000_000, output: 2_000_000 };
    const model = openAiModel(await options(server.base, { price, budget: { money: 60 }, concurrency: 1 }));
    await all(model.generate(questions(20), { maxTokens: 10 }));
    // A call costs 2 · 1 + 4 · 2 = 10 and may cost 12 + 20 = 32: after three, 30 are left of 60.
    expect(server.asked).toHaveLength(3);
    expect(model.spent).toEqual({ input: 6, output: 12, money: 30 });
  });

  test('in money needs a price', () => {
    expect(() => openAiModel({ model: 'm', base: 'http://127.0.0.1:1', budget: { money: 1 } })).toThrow(
      new RangeError('Cannot keep a budget in money: a price is required, found none'),
    );
  });
});

describe('the key', () => {
  test('is sent, and written to no file, error or record and nowhere in the model', async () => {
    vi.stubEnv('OPENAI_API_KEY', KEY);
    await using server = await openAiServer({
      handle: ({ prompt, authorization }, response) => {
        if (prompt === 'Question 0') return false;
        if (prompt === 'Question 1')
          send(response, 200, { choices: [{ text: `I saw ${authorization}`, finish_reason: 'stop' }] });
        else send(response, 400, { error: { message: `You sent ${authorization}` } });
        return true;
      },
    });
    const settings = await options(server.base);
    const calls: unknown[] = [];
    const model = openAiModel({ ...settings, onCall: call => calls.push(call) });
    const answers = await all(model.generate(questions(3)));
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(Array(3).fill(`Bearer ${KEY}`));
    expect(answers.map(({ text, error }) => text ?? error?.message)).toEqual([
      answerTo('Question 0'),
      'I saw Bearer [key]',
      `${server.base}/completions answered 400: {"error":{"message":"You sent Bearer [key]"}}`,
    ]);

    const files = await readdir(settings.cache ?? '', { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    expect(texts).toHaveLength(2);
    const shown = inspect([model, model.generate, calls, answers], { depth: 20, showHidden: true });
    expect([...texts, shown, JSON.stringify(calls)].filter(text => text.includes(KEY))).toEqual([]);
  });

  test('that is a placeholder may occur in an answer', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'EMPTY');
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    const [answer] = await all(model.generate([{ id: 'a', text: 'EMPTY?' }]));
    expect(answer?.text).toBe('Answer to “EMPTY?”');
  });

  test('is taken from the variable that is named, and left out where there is none', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined);
    vi.stubEnv('MY_KEY', 'mine');
    await using server = await openAiServer();
    await all(openAiModel(await options(server.base, { apiKeyEnv: 'MY_KEY' })).generate(questions(1)));
    await all(openAiModel(await options(server.base)).generate(questions(1)));
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer mine', undefined]);
  });

  test('is required at OpenAI, by the name of the variable', () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    expect(() => openAiModel({ model: 'gpt-4o' })).toThrow(
      'Cannot ask https://api.openai.com/v1: a key is required in the environment variable OPENAI_API_KEY',
    );
  });

  test('that cannot be sent is refused without being shown', () => {
    vi.stubEnv('OPENAI_API_KEY', `${KEY}\n${KEY}`);
    const refused = () => openAiModel({ model: 'gpt-4o' });
    expect(refused).toThrow('the key in OPENAI_API_KEY must be printable ASCII');
    expect(refused).not.toThrow(KEY);
  });

  test.each(['not an address', 'ftp://host/v1', 'http://user:secret@host/v1', 'http://host/v1?key=secret'])(
    'does not travel in the address: %s is refused',
    base => {
      const refused = () => openAiModel({ model: 'm', base });
      expect(refused).toThrow('an address such as http://127.0.0.1:8000/v1 is required');
      expect(refused).not.toThrow('secret');
    },
  );
});

describe('stopping', () => {
  test('an aborted run throws the reason and keeps what was answered', async () => {
    await using server = await openAiServer({
      fail: prompt => (prompt > 'Question 4' ? 'silent' : undefined),
    });
    const settings = await options(server.base, { timeout: 60_000 });
    const stop = new AbortController();
    const reason = new Error('enough');
    const seen: Generation[] = [];
    const run = async () => {
      for await (const answer of openAiModel(settings).generate(questions(9), { signal: stop.signal })) {
        seen.push(answer);
        if (seen.length === 5) stop.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    server.options.fail = () => undefined;
    const before = server.asked.length;
    expect(await all(openAiModel(settings).generate(questions(9)))).toHaveLength(9);
    // A call of the first run may arrive after it was stopped.
    const asked = new Set(server.asked.slice(before).map(({ prompt }) => prompt));
    expect([...asked].sort()).toEqual([5, 6, 7, 8].map(index => `Question ${index}`));
  });

  test('an abort ends a long wait that the server asked for', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, 429, {}, { 'retry-after': '600' });
        return true;
      },
    });
    const model = openAiModel(await options(server.base));
    const reason = new Error('enough');
    const soon = () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(reason), 100);
      return { signal: stop.signal };
    };
    await expect(all(model.generate(questions(3), soon()))).rejects.toBe(reason);
    await expect(model.score('a', [' b'], soon())).rejects.toBe(reason);
    expect(server.asked).toHaveLength(4);
  });

  test('leaving the loop stops the calls in progress', async () => {
    await using server = await openAiServer({
      fail: prompt => (prompt === 'Question 0' ? undefined : 'silent'),
    });
    const model = openAiModel(await options(server.base, { timeout: 60_000, concurrency: 2 }));
    for await (const { promptId } of model.generate(questions(50))) {
      expect(promptId).toBe('q0');
      break;
    }
    await new Promise(later => setTimeout(later, 50));
    expect(server.asked.length).toBeLessThanOrEqual(3);
  });

  test('nothing is asked before the first answer is', async () => {
    await using server = await openAiServer();
    openAiModel(await options(server.base)).generate(questions(3));
    await new Promise(later => setTimeout(later, 30));
    expect(server.asked).toEqual([]);
  });

  test('progress counts the prompts that are answered', async () => {
    await using server = await openAiServer();
    const steps: number[] = [];
    const onProgress = ({ done }: { done: number }) => steps.push(done);
    await all(openAiModel(await options(server.base)).generate(questions(3), { onProgress }));
    expect(steps).toEqual([0, 1, 2, 3]);
  });
});

describe('scores', () => {
  test('are the sums over the continuation alone, in code points and not in UTF-16', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    // "🙂" is one code point and two code units; the token after the text is not counted.
    expect(await model.score('🙂 one 🙂', [' two', ' three four'])).toEqual([-3, -9]);
    expect(server.asked[0]?.body).toEqual({
      model: 'test',
      prompt: '🙂 one 🙂 two',
      max_tokens: 1,
      temperature: 0,
      logprobs: 1,
      echo: true,
    });
  });

  test('of many prompts come with their tokens, and those that fail say why', async () => {
    await using server = await openAiServer({ fail: failThirtyPercent(5) });
    const model = openAiModel(await options(server.base, { tries: 12 }));
    const items = Array.from({ length: 40 }, (_, index) => ({
      id: `${index}`,
      prompt: index === 7 ? '' : `Prompt ${index}`,
      continuation: ` ${'x'.repeat(index + 1)} yy`,
    }));
    const steps: number[] = [];
    const found: Likelihood[] = [];
    for await (const likelihood of model.scoreEach(items, { onProgress: ({ done }) => steps.push(done) }))
      found.push(likelihood);
    expect(found.sort((a, b) => Number(a.id) - Number(b.id))).toEqual(
      items.map(({ id }, index) =>
        index === 7
          ? {
              id,
              logprob: null,
              error:
                'Cannot score: a prompt of at least one token is required, since the first token of a text has no probability',
              kind: 'rejected',
            }
          : { id, logprob: -(index + 3), tokens: 2, latency: expect.any(Number) },
      ),
    );
    expect(steps).toEqual(Array.from({ length: 41 }, (_, index) => index));
  });

  test.each([
    ['tells none', null],
    // As servers that ignore `echo` report of their own answer.
    ['tells of its own answer', { token_logprobs: [-1], text_offset: [0], top_logprobs: [{ x: -1 }] }],
  ])('fail where the server does not echo and %s', async (_, logprobs) => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, 200, { choices: [{ text: 'x', logprobs }] });
        return true;
      },
    });
    const model = openAiModel(await options(server.base));
    await expect(model.score('a', [' b'])).rejects.toThrow(
      'Cannot score: a server that echoes a text with the log-probabilities of its tokens is required',
    );
  });

  const top = { ' A': -0.5, '▁B': -1.5, ' the': -3 };
  test.each([
    ['refuses to echo', 400, { error: { message: "Setting 'echo' and 'logprobs' is not supported" } }, top],
    ['passes over echo', 200, { choices: [{ text: ' A', logprobs: { top_logprobs: [top] } }] }, top],
    [
      'passes over echo, and tells in the form of chats',
      200,
      { choices: [{ text: ' A', logprobs: null }] },
      undefined,
    ],
  ])(
    'of one token come from the most likely next ones where the server %s',
    async (_, status, echoed, tops) => {
      const content = [{ top_logprobs: Object.entries(top).map(([token, logprob]) => ({ token, logprob })) }];
      await using server = await openAiServer({
        handle: ({ body }, response) => {
          if (body.echo) send(response, status, echoed);
          else {
            const logprobs = tops ? { top_logprobs: [tops] } : { content };
            send(response, 200, { choices: [{ text: ' A', logprobs }] });
          }
          return true;
        },
      });
      const model = openAiModel(await options(server.base, { concurrency: 1 }));
      const items = [' A', ' B', ' C'].map(continuation => ({
        id: continuation,
        prompt: 'Answer:',
        continuation,
        missingLogprob: -100,
      }));
      const found: Likelihood[] = [];
      for await (const likelihood of model.scoreEach(items)) found.push(likelihood);
      expect(found).toMatchObject([
        { id: ' A', logprob: -0.5, tokens: 1, scoring: 'next-token', latency: expect.any(Number) },
        { id: ' B', logprob: -1.5, scoring: 'next-token' },
        { id: ' C', logprob: -100, scoring: 'next-token' },
      ]);
      // One try with `echo`, then one call for all continuations of a prompt.
      expect(server.asked.map(({ body }) => body)).toEqual([
        { model: 'test', prompt: 'Answer: A', max_tokens: 1, temperature: 0, logprobs: 1, echo: true },
        { model: 'test', prompt: 'Answer:', max_tokens: 1, temperature: 0, logprobs: 5 },
      ]);
      // Without a value for what is not listed, a score that the server does not report is missing.
      await expect(model.score('Answer:', [' A'])).rejects.toThrow();
    },
  );

  test('are missing where the server reports none', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        send(response, 200, { choices: [{ text: 'x', logprobs: null }] });
        return true;
      },
    });
    const model = openAiModel(await options(server.base));
    const found: Likelihood[] = [];
    const item = { id: 'a', prompt: 'Answer:', continuation: ' A', missingLogprob: -100 };
    for await (const likelihood of model.scoreEach([item])) found.push(likelihood);
    expect(found).toEqual([
      { id: 'a', logprob: null, kind: 'rejected', error: expect.stringContaining('this one sent neither') },
    ]);
  });

  test('fail for a continuation of nothing', async () => {
    await using server = await openAiServer();
    const model = openAiModel(await options(server.base));
    await expect(model.score('', ['two'])).rejects.toThrow('a prompt of at least one token is required');
  });
});
