import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Continuation } from '../../../src/chat/index.ts';
import { readScoreItems } from '../../../src/cli/run/score-items.ts';
import { resolveBackend } from '../../../src/compute/index.ts';
import { encodeConversation } from '../../../src/conversation/index.ts';
import { benchmark, evaluate } from '../../../src/evaluate/index.ts';
import {
  generateTokens,
  type Inference,
  type LocalModel,
  localModel,
  type Model,
  scoreTokens,
} from '../../../src/generate/index.ts';
import type { ChatMessage } from '../../../src/schema.ts';
import { type ModelServer, serveModel } from '../../../src/serve/index.ts';
import { confidences } from '../../../src/study/measure/confidence.ts';
import { encodeDialogue, maskView } from '../../../src/tokenize/index.ts';
import { TOKENS, tinyModel } from '../../fixtures/tiny-model.ts';

/** A template that writes no `<s>`, though the tokenizer puts one before every text. */
const TEMPLATE =
  "{% for m in messages %}{{ '<user>' if m.role == 'user' else '<bot>' }}{{ m.content }}" +
  "{% if m.role == 'assistant' %}</s>{% endif %}{% endfor %}{% if add_generation_prompt %}<bot>{% endif %}";

const ids = (...tokens: string[]) => tokens.map(token => TOKENS.indexOf(token));
const PROMPT = ids('<user>', 'ab', 'e', '<bot>');
const ANSWER = ids('cd', '.', '</s>');

let folder: string;
let model: LocalModel;
let server: ModelServer;

beforeAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
  folder = await tinyModel();
  await writeFile(join(folder, 'chat_template.jinja'), TEMPLATE);
  model = await localModel(folder, { name: 'tiny' });
  server = await serveModel(model, { port: 0 });
});

afterAll(async () => {
  await server.close();
  model.dispose();
  await rm(folder, { recursive: true });
});

async function greedy(prompt: readonly number[]): Promise<readonly number[]> {
  for await (const { ids: written } of generateTokens(model.model, [[...prompt]], {
    maxTokens: 5,
    temperature: 0,
  }))
    return written;
  return [];
}

function isInference(loaded: Model): loaded is Inference {
  return 'decoding' in loaded && 'scoring' in loaded;
}

/** Returns the sequences that the model reads meanwhile, each with the token behind it that is scored. */
async function readBy(work: () => Promise<unknown>): Promise<number[][]> {
  if (!isInference(model.model)) expect.fail('The model must be ready to generate and score');
  const { decoding, scoring } = model.model;
  const [begin, likelihoods] = [vi.spyOn(decoding, 'begin'), vi.spyOn(scoring, 'likelihoods')];
  try {
    await work();
    const prompts = begin.mock.calls.flatMap(([rows, padding]) =>
      rows.map((row, at) => row.slice(padding[at])),
    );
    const scored = likelihoods.mock.calls.flatMap(([trees, targets]) =>
      trees.map(({ ids }) => [...ids, targets.at(-1)?.id ?? -1]),
    );
    return [...prompts, ...scored];
  } finally {
    vi.restoreAllMocks();
  }
}

const HISTORY: readonly ChatMessage[] = [
  { role: 'user', content: 'abe' },
  { role: 'assistant', content: 'cd.' },
];

/** A benchmark of one item, which asks after an example; it is written or scored. */
const asking = (request: object) =>
  benchmark({
    name: 'asking',
    shots: 1,
    items: [{ id: '1' }],
    buildPrompt: () => ({
      prompt: { examples: [{ question: 'abe', answer: 'cd.' }], question: 'xyz', stop: ['!'] },
      maxTokens: 2,
      ...request,
    }),
    score: () => ({ acc: 1 }),
  });

describe('the ids that the model reads are those of the one encoder', () => {
  const asked = [...HISTORY, { role: 'user' as const, content: 'xyz' }];
  const encoded = (messages: readonly ChatMessage[], addGenerationPrompt: boolean) => {
    const { tokenizer, template: chat = '', bos, eos } = model.vocabulary;
    return encodeConversation(messages, tokenizer, { chat, bos, eos, addGenerationPrompt });
  };

  test('in the prompts of an evaluation', async () => {
    const work = () => evaluate(model, asking({}), { promptFormat: 'chat-multiturn' });
    const { ids: prompt } = encoded(asked, true);
    expect(prompt).toEqual([...PROMPT, ...ANSWER, ...ids('<user>', 'x', 'y', 'z', '<bot>')]);
    expect(await readBy(work)).toEqual([prompt]);
  });

  test('in what an evaluation scores, which are those that training learns', async () => {
    const request = { continuations: ['cd.'] };
    const work = () => evaluate(model, asking(request), { promptFormat: 'chat-multiturn' });
    const dialogue = encoded([...asked, { role: 'assistant', content: 'cd.' }], false);
    // All but the token that ends the turn, which no continuation holds.
    expect(await readBy(work)).toEqual([dialogue.ids.slice(0, -1)]);
    expect(dialogue.lossMask.slice(-3)).toEqual([1, 1, 1]);
  });

  test('in what the command score reads, as a chat and as a text', async () => {
    const row = JSON.stringify({ id: 1, prompt: 'abe', continuation: 'cd.' });
    const work = (chat: boolean) => async () => {
      for await (const _ of model.scoreEach(readScoreItems(row, 'rows.jsonl', chat)));
    };
    expect(await readBy(work(true))).toEqual([encoded(HISTORY, false).ids.slice(0, -1)]);
    expect(await readBy(work(false))).toEqual([model.encode('abecd.')]);
    expect(model.encode('abecd.')).toEqual(ids('<s>', 'ab', 'e', 'cd', '.'));
  });

  test('in the mask view, whose colours are the loss mask', () => {
    const dialogue = encoded(HISTORY, false);
    const { runs } = maskView({ id: 'd', ...dialogue }, model.vocabulary.tokenizer);
    const { tokenizer } = model.vocabulary;
    expect(runs.map(({ text }) => text).join('')).toBe(tokenizer.decode(dialogue.ids));
    const kinds = runs.flatMap(({ kind, tokens }) => Array.from({ length: tokens }, () => kind));
    expect(kinds).toEqual(dialogue.lossMask.map(counts => (counts ? 'loss' : 'masked')));
  });
});

describe('a chat is the same tokens', () => {
  test('in training', () => {
    const { tokenizer, template: chat = '', bos, eos } = model.vocabulary;
    const turns = [
      { role: 'user' as const, content: 'abe' },
      { role: 'assistant' as const, content: 'cd.' },
    ];
    const encoded = encodeDialogue({ id: 'd', turns }, tokenizer, { chat, bos, eos });
    expect(encoded.ids).toEqual([...PROMPT, ...ANSWER]);
    expect(encoded.lossMask).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(maskView(encoded, tokenizer).counts).toEqual({ loss: 3, masked: 4, padding: 0 });
  });

  test('in generation', async () => {
    expect(model.encodeChat('abe').ids).toEqual(PROMPT);
    const answers: (string | null)[] = [];
    const options = { chat: true, maxTokens: 5, temperature: 0 };
    for await (const { text } of model.generate([{ id: '1', text: 'abe' }], options)) answers.push(text);
    expect(answers).toEqual([model.vocabulary.tokenizer.decode(await greedy(PROMPT), { skipSpecial: true })]);
  });

  test('at the server', async () => {
    const body = { messages: [{ role: 'user', content: 'abe' }], max_tokens: 5, temperature: 0 };
    const response = await fetch(`${server.base}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(await response.json()).toMatchObject({ usage: { prompt_tokens: PROMPT.length } });
  });

  test('in scoring and evaluation', async () => {
    const item: Continuation = { id: 's', prompt: 'abe', continuation: 'cd.', chat: true };
    const [expected] = await scoreTokens(
      model.model,
      [{ ids: [...PROMPT, ...ANSWER.slice(0, 2)], from: PROMPT.length }],
      { batch: 1 },
    );
    const found: number[] = [];
    for await (const { logprob } of model.scoreEach([item])) found.push(logprob ?? Number.NaN);
    expect(found).toEqual([expected]);
    const confidence = await confidences(model, [{ id: 's', prompt: 'abe', text: 'cd.' }], 'chat');
    expect(confidence.get('s')).toBeCloseTo(Math.exp((expected ?? Number.NaN) / 2), 6);
  });
});
