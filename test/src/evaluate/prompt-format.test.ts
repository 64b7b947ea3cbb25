import { describe, expect, test } from 'vitest';
import { type LanguageModel, openAiModel } from '../../../src/chat/index.ts';
import { renderChat } from '../../../src/conversation/index.ts';
import {
  benchmark,
  buildRequest,
  evaluate,
  gsm8k,
  mmlu,
  naturalQuestions,
  type PromptFormat,
} from '../../../src/evaluate/index.ts';
import type { ChatMessage } from '../../../src/schema.ts';
import { openAiServer, send } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const FORMATS: PromptFormat[] = ['raw', 'chat', 'chat-few-shot', 'chat-multiturn'];

const squares = benchmark({
  name: 'squares',
  shots: 2,
  items: [{ id: '5', n: 5 }],
  buildPrompt: ({ n }) => ({
    prompt: {
      instruction: 'Square each number.\n\n',
      examples: [
        { question: '2 →', answer: '4' },
        { question: '3 →', answer: '9' },
      ],
      reminder: 'Digits only.',
      question: `${n} →`,
      stop: ['\n'],
    },
    maxTokens: 3,
  }),
  score: ({ n }, { text }) => ({ accuracy: Number(text) === n * n ? 1 : 0 }),
});
const five = { id: '5', n: 5 };

/** The same, as a choice between answers. */
const choices = benchmark({
  ...squares,
  name: 'choices',
  buildPrompt: (item, promptFormat) => {
    const { prompt } = squares.buildPrompt(item, promptFormat);
    return { prompt, continuations: ['10', '25'], missingLogprob: -100 };
  },
  score: (_, { logprobs: [ten = 0, right = 0] }) => ({ acc: right > ten ? 1 : 0 }),
});

describe('the request of an item', () => {
  const text = 'Square each number.\n\n2 → 4\n\n3 → 9\n\nDigits only.\n\n5 →';
  const turns = [
    { role: 'system', content: 'Square each number.\n\n' },
    { role: 'user', content: '2 →' },
    { role: 'assistant', content: '4' },
    { role: 'user', content: '3 →' },
    { role: 'assistant', content: '9' },
  ];

  test.each([
    ['raw', { prompt: text, maxTokens: 3, stop: ['\n'] }],
    ['chat', { prompt: 'Square each number.\n\nDigits only.\n\n5 →', maxTokens: 3 }],
    ['chat-few-shot', { prompt: text, maxTokens: 3 }],
    ['chat-multiturn', { prompt: 'Digits only.\n\n5 →', history: turns, maxTokens: 3 }],
  ] as const)('in the format %s', (promptFormat, request) => {
    expect(buildRequest(squares, five, promptFormat)).toEqual(request);
  });

  test('has its continuations after the delimiter in raw text, and at the beginning of an assistant’s turn', () => {
    const of = (format: PromptFormat) => {
      const request = buildRequest(choices, five, format);
      return 'continuations' in request ? request.continuations : [];
    };
    expect(FORMATS.map(of)).toEqual([
      [' 10', ' 25'],
      ['10', '25'],
      ['10', '25'],
      ['10', '25'],
    ]);
  });

  test('of one text with examples in it is refused where they must be apart', () => {
    const whole = benchmark({ ...squares, buildPrompt: () => ({ prompt: '2 → 4\n3 → 9\n5 →' }) });
    expect(buildRequest(whole, five, 'chat-few-shot')).toEqual({ prompt: '2 → 4\n3 → 9\n5 →' });
    for (const format of ['chat', 'chat-multiturn'] as const)
      expect(() => buildRequest(whole, five, format)).toThrow(
        `Cannot ask squares in the prompt format ${format}: a prompt with its examples apart is required, found one text`,
      );
  });

  test('of a format that there is none of is refused', () => {
    expect(() => buildRequest(squares, five, 'turns' as PromptFormat)).toThrow(
      'promptFormat must be one of raw, chat, chat-few-shot, chat-multiturn, got turns',
    );
  });
});

/** Model that answers 25, and keeps what it was asked. */
function answering(template: string) {
  const asked: { text: string; history: readonly ChatMessage[] | undefined; chat: boolean | undefined }[] =
    [];
  const chatText = (prompt: string, history: readonly ChatMessage[] = []) =>
    renderChat(template, [...history, { role: 'user', content: prompt }]);
  const model: LanguageModel = {
    name: 'm',
    identity: 'm',
    chatText,
    async *generate(prompts, options) {
      for (const { id, text, history } of prompts) {
        asked.push({ text, history, chat: options?.chat });
        yield { promptId: id, model: 'm', text: '25', finish: 'stop', evidence: 'live' };
      }
    },
  };
  return { model, asked };
}

const TEMPLATE = '{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>';
const NO_SYSTEM = `{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}${TEMPLATE}`;

describe('a result', () => {
  test('states format, shots and digests, and so does each row', async () => {
    const { model } = answering(TEMPLATE);
    const results = await Promise.all(
      FORMATS.map(promptFormat => evaluate(model, squares, { promptFormat })),
    );
    expect(results.map(({ promptFormat, shots }) => [promptFormat, shots])).toEqual([
      ['raw', 2],
      ['chat', 0],
      ['chat-few-shot', 2],
      ['chat-multiturn', 2],
    ]);
    expect(new Set(results.map(({ promptDigest }) => promptDigest)).size).toBe(4);
    expect(results[0]?.templateDigest).toBeUndefined();
    expect(new Set(results.slice(1).map(({ templateDigest }) => templateDigest)).size).toBe(3);
    for (const { items, promptFormat, promptDigest } of results)
      expect(items[0]).toMatchObject({ promptFormat, promptDigest, scores: { accuracy: 1 } });
  });

  test('of two models with templates of their own has one digest of the prompts and two of the templates', async () => {
    const digests = async (template: string) => {
      const { promptDigest, templateDigest } = await evaluate(answering(template).model, squares, {
        promptFormat: 'chat-few-shot',
      });
      return { promptDigest, templateDigest };
    };
    const [a, b] = [await digests(TEMPLATE), await digests(`${TEMPLATE}:`)];
    expect(a.promptDigest).toBe(b.promptDigest);
    expect(a.templateDigest).not.toBe(b.templateDigest);
  });

  test('of a benchmark without examples has one chat format, whichever was asked for', async () => {
    const { model } = answering(TEMPLATE);
    const bare = { ...squares, shots: 0, buildPrompt: ({ n }: typeof five) => ({ prompt: `${n}²` }) };
    for (const promptFormat of ['chat', 'chat-few-shot', 'chat-multiturn'] as const)
      expect(await evaluate(model, bare, { promptFormat })).toMatchObject({ promptFormat: 'chat', shots: 0 });
  });
});

describe('a model', () => {
  test('is asked in turns', async () => {
    const { model, asked } = answering(TEMPLATE);
    await evaluate(model, squares, { promptFormat: 'chat-multiturn' });
    expect(asked).toMatchObject([{ text: 'Digits only.\n\n5 →', chat: true, history: { length: 5 } }]);
  });

  test('whose template refuses a system’s message reads the instruction in the user’s first turn', async () => {
    const { model, asked } = answering(NO_SYSTEM);
    await evaluate(model, squares, { promptFormat: 'chat-multiturn' });
    const [first, ...others] = asked[0]?.history ?? [];
    expect(first).toEqual({ role: 'user', content: 'Square each number.\n\n2 →' });
    expect(others.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant']);
  });

  test('at a server is asked completions of raw text, and chat completions of messages', async () => {
    await using server = await openAiServer({ reply: () => '25' });
    const model = openAiModel({ model: 'm', base: server.base });
    for (const promptFormat of FORMATS)
      expect((await evaluate(model, squares, { promptFormat })).metrics).toMatchObject([{ value: 1, n: 1 }]);
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/v1/completions',
      ...Array(3).fill('/v1/chat/completions'),
    ]);
    expect(server.asked.map(({ body }) => (body.messages as ChatMessage[] | undefined)?.length)).toEqual([
      undefined,
      1,
      1,
      6,
    ]);
  });

  test('at a server chooses in a chat by the first token of its answer', async () => {
    await using server = await openAiServer({
      handle: (_, response) => {
        const top_logprobs = [
          { token: '25', logprob: Math.log(0.25) },
          { token: ' 25', logprob: Math.log(0.5) },
          { token: 'The', logprob: -9 },
        ];
        const message = { role: 'assistant', content: '25' };
        send(response, 200, {
          choices: [{ message, logprobs: { content: [{ token: '25', top_logprobs }] } }],
        });
        return true;
      },
    });
    const model = openAiModel({ model: 'm', base: server.base });
    const result = await evaluate(model, choices, { promptFormat: 'chat-multiturn' });
    expect(result.items[0]).toMatchObject({
      scoring: 'next-token',
      continuations: ['10', '25'],
      logprobs: [-100, expect.closeTo(Math.log(0.75), 10)],
      scores: { acc: 1 },
    });
    expect(server.asked[0]?.body).toMatchObject({ logprobs: true, top_logprobs: 20, max_tokens: 1 });
  });

  test('at a server that lists fewer tokens is asked for fewer', async () => {
    await using server = await openAiServer({
      handle: ({ body }, response) => {
        const top_logprobs = [{ token: '10', logprob: -1 }];
        const choice = { message: { content: '10' }, logprobs: { content: [{ token: '10', top_logprobs }] } };
        if (Number(body.top_logprobs) > 5)
          send(response, 400, { error: { message: 'top_logprobs must be at most 5' } });
        else send(response, 200, { choices: [choice] });
        return true;
      },
    });
    const model = openAiModel({ model: 'm', base: server.base });
    const { items } = await evaluate(model, choices, { promptFormat: 'chat' });
    expect(items[0]?.logprobs).toEqual([expect.closeTo(-1, 10), -100]);
  });
});

describe('public benchmarks in each format', WITH_RECORDS, () => {
  test('Natural Questions', async () => {
    const nq = await naturalQuestions({ items: [{ id: 'a', question: 'who', answers: ['x'] }] });
    const item = nq.items[0] as (typeof nq.items)[0];
    const alone = buildRequest(nq, item, 'chat');
    expect(alone.prompt).toBe(
      'You are a brief and concise question answering service and only answer questions with a few words, ' +
        'usually just a single word.\n\nNow answer this question using only one to two words at most.\n\nQ: who\nA:',
    );
    const { prompt, history = [] } = buildRequest(nq, item, 'chat-multiturn');
    expect(prompt).toBe('Now answer this question using only one to two words at most.\n\nQ: who\nA:');
    expect(history.map(({ role }) => role).join()).toBe(
      'system,user,assistant,user,assistant,user,assistant',
    );
    expect(history.slice(3, 5).map(({ content }) => content)).toEqual([
      'Q: In what year did Nelson Mandela become the first black president of South Africa?\nA:',
      '1994',
    ]);
  });

  test('GSM8K: six worked examples, each whole', async () => {
    const problem = { id: 'p', question: 'How many?', answer: '1' };
    const six = await gsm8k({ items: [problem] });
    const { history = [], prompt } = buildRequest(six, problem, 'chat-multiturn');
    expect(prompt).toBe('Q: How many?\nA:');
    expect(
      history.filter(({ role }) => role === 'user').every(({ content }) => /^Q: .*\nA:$/s.test(content)),
    ).toBe(true);
    const answers = history.filter(({ role }) => role === 'assistant');
    expect(answers.map(({ content }) => /#### \d+$/.test(content))).toEqual(Array(6).fill(true));
    expect(buildRequest(six, problem, 'chat').prompt).toBe('Q: How many?\nA:');
  });

  test('MMLU: the letter begins the assistant’s turn', async () => {
    const anatomy = await mmlu({ subjects: ['anatomy'], shots: 1 });
    const item = anatomy.items[0] as (typeof anatomy.items)[0];
    expect(buildRequest(anatomy, item, 'chat-multiturn')).toMatchObject({
      history: [
        {
          role: 'system',
          content: 'The following are multiple choice questions (with answers) about anatomy.\n\n',
        },
        { role: 'user', content: expect.stringMatching(/\nD\. .*\nAnswer:$/) },
        { role: 'assistant', content: expect.stringMatching(/^[ABCD]$/) },
      ],
      prompt: expect.stringMatching(/\nAnswer:$/),
      continuations: ['A', 'B', 'C', 'D'],
    });
    expect(buildRequest(anatomy, item, 'raw')).toMatchObject({ continuations: [' A', ' B', ' C', ' D'] });
  });
});
