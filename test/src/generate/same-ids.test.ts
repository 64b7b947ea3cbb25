import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Continuation } from '../../../src/chat/index.ts';
import { resolveBackend } from '../../../src/compute/index.ts';
import { generateTokens, type LocalModel, localModel, scoreTokens } from '../../../src/generate/index.ts';
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
    const prompt = model.chatText('abe');
    const item: Continuation = { id: 's', prompt, continuation: 'cd.', chat: true };
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
