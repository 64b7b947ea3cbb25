import { describe, expect, test } from 'vitest';
import { tokenLikelihoods } from '../../../src/generate/index.ts';
import type { Generation } from '../../../src/schema.ts';
import { servedModel } from '../../fixtures/served-model.ts';
import { TOKENS } from '../../fixtures/tiny-model.ts';

const served = servedModel();

interface Choice {
  index: number;
  text: string;
  finish_reason: string;
  logprobs: {
    tokens: string[];
    token_logprobs: (number | null)[];
    top_logprobs: (Record<string, number> | null)[];
    text_offset: number[];
  } | null;
}

interface Completion {
  object: string;
  model: string;
  choices: Choice[];
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

async function complete(body: object): Promise<Completion> {
  const response = await served.post('/v1/completions', { model: 'tiny', temperature: 0, ...body });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  return (await response.json()) as Completion;
}

/** What the model answers without a server. */
async function answer(text: string, options = {}): Promise<Generation> {
  for await (const generation of served.model.generate([{ id: '', text }], options)) return generation;
  return expect.fail('no answer');
}

const idsOf = (text: string) => [...text].map(letter => TOKENS.indexOf(letter));

describe('completions', () => {
  test('are what the model answers itself, counted', async () => {
    const expected = await answer('hello', { maxTokens: 7 });
    const { object, model, choices, usage } = await complete({ prompt: 'hello', max_tokens: 7 });
    expect({ object, model, choices }).toEqual({
      object: 'text_completion',
      model: 'tiny',
      choices: [{ index: 0, text: expected.text, finish_reason: expected.finish, logprobs: null }],
    });
    // Six tokens of the prompt: five letters, and the one that the model puts before them.
    const completion = expected.tokens ?? 0;
    expect(usage).toEqual({
      prompt_tokens: 6,
      completion_tokens: completion,
      total_tokens: 6 + completion,
    });
  });

  test('continue texts and token ids, alone and in lists, in their order', async () => {
    const max_tokens = 5;
    const texts = await Promise.all(
      ['hello', 'x', 'why?'].map(async text => (await answer(text, { maxTokens: 5 })).text),
    );
    const textsOf = async (prompt: unknown) =>
      (await complete({ prompt, max_tokens })).choices.map(({ text }) => text);
    expect(await textsOf(['hello', 'x', 'why?'])).toEqual(texts);
    expect(await textsOf([0, ...idsOf('x')])).toEqual([texts[1]]);
    expect(
      await textsOf([
        [0, ...idsOf('why?')],
        [0, ...idsOf('hello')],
      ]),
    ).toEqual([texts[2], texts[0]]);
    // Ids are taken as they are: nothing is put before them.
    const bare = (await complete({ prompt: idsOf('x'), max_tokens })).choices[0]?.text;
    expect(bare).not.toBe(texts[1]);
  });

  test('hold 16 tokens by default, and never more than the context', async () => {
    const { usage } = await complete({ prompt: 'x' });
    expect(usage.completion_tokens).toBe((await answer('x', { maxTokens: 16 })).tokens);
    const long = await complete({ prompt: 'x'.repeat(20), max_tokens: 100 });
    expect(long.usage.prompt_tokens + long.usage.completion_tokens).toBeLessThanOrEqual(24);
  });

  test('sampled repeat themselves for a seed, differ among n, and whatever is asked beside them', async () => {
    const body = { prompt: 'hello', max_tokens: 8, temperature: 1, seed: 7 };
    const [alone, three, ...others] = await Promise.all([
      complete(body),
      complete({ ...body, n: 3 }),
      ...[8, 9].map(seed => complete({ ...body, seed })),
    ]);
    const texts = three.choices.map(({ text }) => text);
    expect(texts).toEqual([alone, ...others].map(({ choices }) => choices[0]?.text));
    expect(new Set(texts).size).toBe(3);
    expect(three.usage.prompt_tokens).toBe(6);
    const unseeded = () => complete({ ...body, seed: undefined, n: 4 });
    expect((await unseeded()).choices).not.toEqual((await unseeded()).choices);
  });

  test('end before a stop text', async () => {
    const whole = (await answer('hello', { maxTokens: 8 })).text ?? '';
    const stop = whole.slice(2, 4);
    const expected = { text: whole.slice(0, whole.indexOf(stop)), finish_reason: 'stop' };
    for (const stops of [stop, ['@', stop]])
      expect((await complete({ prompt: 'hello', max_tokens: 8, stop: stops })).choices[0]).toMatchObject(
        expected,
      );
  });
});

describe('log-probabilities', () => {
  /** Those of ids with every token counted, and the `top` most likely. */
  async function likelihoods(ids: number[], top: number) {
    const [found] = await tokenLikelihoods(served.model.model, [{ ids, from: 1 }], { top });
    return found?.tokens ?? [];
  }

  test('of an echoed prompt are those of its tokens, the first has none, and the next comes last', async () => {
    const { choices } = await complete({ prompt: 'hey', max_tokens: 1, echo: true, logprobs: 2 });
    const [{ text = '', logprobs } = {}] = choices;
    const next = text.slice(3);
    expect(text.slice(0, 3)).toBe('hey');
    const expected = await likelihoods([0, ...idsOf('hey'), ...idsOf(next)], 2);
    expect(logprobs?.tokens).toEqual(['<s>', 'h', 'e', 'y', next]);
    expect(logprobs?.text_offset).toEqual([0, 0, 1, 2, 3]);
    expect(logprobs?.token_logprobs).toEqual([
      null,
      ...expected.map(({ logprob }) => expect.closeTo(logprob, 4)),
    ]);
    for (const [index, { id, logprob, top }] of expected.entries()) {
      const places = [{ id, logprob }, ...top].map(token => [
        TOKENS[token.id],
        expect.closeTo(token.logprob, 4),
      ]);
      expect(logprobs?.top_logprobs[index + 1]).toEqual(Object.fromEntries(places));
    }
    expect(logprobs?.top_logprobs[0]).toBeNull();
  });

  test('are the same for token ids, and where nothing or more is generated', async () => {
    const ask = (body: object) => complete({ echo: true, logprobs: 1, ...body });
    const [text, ids, none, more] = await Promise.all([
      ask({ prompt: 'hey', max_tokens: 1 }),
      ask({ prompt: [0, ...idsOf('hey')], max_tokens: 1 }),
      ask({ prompt: 'hey', max_tokens: 0 }),
      ask({ prompt: 'hey', max_tokens: 4 }),
    ]);
    expect(ids?.choices).toEqual(text?.choices);
    expect(none?.choices[0]).toMatchObject({ text: 'hey', finish_reason: 'length' });
    const prompt = text?.choices[0]?.logprobs?.token_logprobs.slice(1, 4) ?? [];
    expect(prompt.every(value => (value ?? 0) < 0)).toBe(true);
    for (const found of [none, more])
      expect(found?.choices[0]?.logprobs?.token_logprobs.slice(0, 4)).toEqual([
        null,
        ...prompt.map(value => expect.closeTo(value ?? 0, 4)),
      ]);
    expect(none?.choices[0]?.logprobs?.tokens).toHaveLength(4);
    expect(more?.choices[0]?.text.startsWith('hey')).toBe(true);
    expect(more?.choices[0]?.logprobs?.tokens[4]).toBe(text?.choices[0]?.logprobs?.tokens[4]);
  });

  test('of an answer begin where it begins, and end with the token that ended it', async () => {
    // Some prompt of two letters is answered by a token that ends.
    const prompts = ['a', 'k', 'z', '0', '9', '?'].flatMap(a => ['b', 'q', '!', '5'].map(b => `${a}${b}`));
    const { choices } = await complete({ prompt: prompts, max_tokens: 12, logprobs: 1 });
    const ended = choices.filter(({ finish_reason }) => finish_reason === 'stop');
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.length).toBeLessThan(choices.length);
    for (const { text, finish_reason, logprobs } of choices) {
      const tokens = logprobs?.tokens ?? [];
      const content = finish_reason === 'stop' ? tokens.slice(0, -1) : tokens;
      expect(content.filter(token => !token.startsWith('<')).join('')).toBe(text);
      if (finish_reason === 'stop') expect(['</s>', '<user>']).toContain(tokens.at(-1));
      expect(logprobs?.text_offset[0]).toBe(0);
      expect(logprobs?.token_logprobs).toHaveLength(tokens.length);
    }
  });

  test('need no place behind a prompt that fills the context', async () => {
    const ids = Array.from({ length: 24 }, (_, at) => at + 4);
    const { choices } = await complete({ prompt: ids, max_tokens: 1, echo: true, logprobs: 1 });
    expect(choices[0]?.logprobs?.token_logprobs).toHaveLength(25);
  });

  test('of many prompts asked at once are those of each alone', async () => {
    const prompts = ['hello!', 'help', 'x', 'hell'];
    const body = { max_tokens: 1, echo: true, logprobs: 1 };
    const together = await Promise.all(prompts.map(prompt => complete({ ...body, prompt })));
    for (const [index, prompt] of prompts.entries()) {
      const expected = await likelihoods([0, ...idsOf(prompt)], 1);
      expect(together[index]?.choices[0]?.logprobs?.token_logprobs.slice(1, -1)).toEqual(
        expected.map(({ logprob }) => expect.closeTo(logprob, 4)),
      );
    }
  });
});

describe('a stream', () => {
  async function events(body: object): Promise<(Completion | '[DONE]')[]> {
    const response = await served.post('/v1/completions', { temperature: 0, stream: true, ...body });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const lines = (await response.text()).trim().split('\n\n');
    expect(lines.every(line => line.startsWith('data: '))).toBe(true);
    return lines.map(line => {
      const data = line.slice('data: '.length);
      return data === '[DONE]' ? data : JSON.parse(data);
    });
  }

  test('is the answer in pieces, then its finish and the counts', async () => {
    const body = { prompt: 'hello', max_tokens: 6, logprobs: 1, echo: true };
    const [whole, pieces] = [
      await complete(body),
      await events({ ...body, stream_options: { include_usage: true } }),
    ];
    expect(pieces.at(-1)).toBe('[DONE]');
    const chunks = pieces.slice(0, -1) as Completion[];
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    const choices = chunks.flatMap(({ choices }) => choices);
    const [expected] = whole.choices;
    expect(choices.map(({ text }) => text).join('')).toBe(expected?.text);
    expect(choices.length).toBeGreaterThan(5);
    expect(choices.map(({ finish_reason }) => finish_reason).filter(Boolean)).toEqual([
      expected?.finish_reason,
    ]);
    const reported = choices.flatMap(({ logprobs }) => logprobs?.token_logprobs ?? []);
    expect(reported).toEqual(
      expected?.logprobs?.token_logprobs.map(value => (value === null ? null : expect.closeTo(value, 4))),
    );
    const offsets = choices.flatMap(({ logprobs }) => logprobs?.text_offset ?? []);
    expect(offsets).toEqual(expected?.logprobs?.text_offset);
  });

  test('of several answers names them by their index', async () => {
    const prompts = ['hello', 'x', 'why?'];
    const chunks = (await events({ prompt: prompts, max_tokens: 5 })).slice(0, -1) as Completion[];
    const { choices } = await complete({ prompt: prompts, max_tokens: 5 });
    for (const { index, text } of choices) {
      const pieces = chunks.flatMap(({ choices }) => choices.filter(choice => choice.index === index));
      expect(pieces.map(piece => piece.text).join('')).toBe(text);
    }
  });
});
