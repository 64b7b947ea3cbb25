import { afterEach, describe, expect, test } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import { type ModelServer, serveModel } from '../../../src/serve/index.ts';
import { servedModel } from '../../fixtures/served-model.ts';

const served = servedModel();

const running: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close(0)));
});

/** Asks a model that is served for a chat. */
async function chat(model: LanguageModel, more: object = {}): Promise<Response> {
  const server = await serveModel(model, { port: 0 });
  running.push(server);
  const body = { messages: [{ role: 'user', content: 'why' }], temperature: 0, max_tokens: 12, ...more };
  return fetch(`${server.base}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
}

async function deltas(response: Response): Promise<Record<string, unknown>[]> {
  const events = (await response.text()).trim().split('\n\n').slice(0, -1);
  return events.map(line => JSON.parse(line.slice('data: '.length)).choices[0].delta);
}

const joined = (all: readonly Record<string, unknown>[], field: string) =>
  all.map(delta => delta[field] ?? '').join('');

/** A model of texts that reasons. */
const texts: LanguageModel = {
  name: 'texts',
  identity: 'texts',
  async *generate() {
    const answer = { promptId: '', model: 'texts', text: '4', reasoning: '2 and 2', tokens: 9 };
    yield { ...answer, finish: 'stop', evidence: 'live' };
  },
};

/** The model in memory, whose answer `,tsw7` is made to be one with reasoning. */
function tokens(): LanguageModel {
  const written: Record<string, string> = {
    ',': '<think>',
    t: '2 and ',
    s: '2</th',
    w: 'ink>\n\n',
    '7': '4',
  };
  const { vocabulary } = served.model;
  const { tokenizer } = vocabulary;
  const decode: typeof tokenizer.decode = (...given) =>
    tokenizer.decode(...given).replace(/[,tsw7]/g, token => written[token] ?? token);
  const reasoning = Object.create(tokenizer, { decode: { value: decode } });
  return Object.create(served.model, { vocabulary: { value: { ...vocabulary, tokenizer: reasoning } } });
}

describe.each([
  { model: 'of texts', open: () => texts },
  { model: 'in memory', open: tokens },
])('the reasoning of a model $model', ({ open }) => {
  test('is reasoning_content of the message, and no part of its content', async () => {
    expect(await (await chat(open())).json()).toMatchObject({
      choices: [
        { message: { role: 'assistant', content: '4', reasoning_content: '2 and 2' }, finish_reason: 'stop' },
      ],
    });
  });

  test('is streamed as reasoning_content', async () => {
    const all = await deltas(await chat(open(), { stream: true }));
    expect([joined(all, 'content'), joined(all, 'reasoning_content')]).toEqual(['4', '2 and 2']);
  });
});

test.each([
  { maxTokens: 9, finish: 'length' },
  { maxTokens: 10, finish: 'stop' },
])(
  'a model of texts that only reasoned in 9 of $maxTokens tokens gives its reasoning',
  async ({ maxTokens, finish }) => {
    const model: LanguageModel = {
      name: 'texts',
      identity: 'texts',
      async *generate() {
        const error = { kind: 'no-answer', message: 'the model reasoned and gave no answer' } as const;
        const answer = { promptId: '', model: 'texts', text: null, reasoning: '2 and', tokens: 9, error };
        yield { ...answer, finish: 'error', evidence: 'live' };
      },
    };
    const { choices } = (await (await chat(model, { max_tokens: maxTokens })).json()) as {
      choices: object[];
    };
    expect(choices).toMatchObject([
      { message: { content: '', reasoning_content: '2 and' }, finish_reason: finish },
    ]);
  },
);

test('reasoning that is cut by length leaves the content empty', async () => {
  const whole = (await (await chat(tokens(), { max_tokens: 2 })).json()) as { choices: object[] };
  expect(whole.choices).toMatchObject([
    { message: { content: '', reasoning_content: '2 and' }, finish_reason: 'length' },
  ]);
});

test('log-probabilities of all tokens are streamed, those of marks too', async () => {
  const response = await chat(tokens(), { stream: true, logprobs: true, top_logprobs: 1 });
  const events = (await response.text()).trim().split('\n\n').slice(0, -1);
  const choices = events.map(line => JSON.parse(line.slice('data: '.length)).choices[0]);
  expect(choices.flatMap(({ logprobs }) => logprobs?.content ?? [])).toHaveLength(5);
});

test('an answer without reasoning has no such field', async () => {
  const { choices } = (await (await chat(served.model)).json()) as { choices: [{ message: object }] };
  expect(choices[0].message).toEqual({ role: 'assistant', content: ',tsw7', refusal: null });
});

test('raw completions are the text as it is written', async () => {
  const server = await serveModel(tokens(), { port: 0 });
  running.push(server);
  const prompt = served.model.encode(served.model.chatText('why', []));
  const body = { prompt, temperature: 0, max_tokens: 12 };
  const response = await fetch(`${server.base}/completions`, { method: 'POST', body: JSON.stringify(body) });
  expect(await response.json()).toMatchObject({ choices: [{ text: '<think>2 and 2</think>\n\n4' }] });
});
