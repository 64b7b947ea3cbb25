import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeConversation } from '../../../src/conversation/index.ts';
import type { ChatMessage } from '../../../src/schema.ts';
import { jsonTokenizer } from '../../../src/tokenize/index.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/offsets');
const tokenizerOf = async (name: string) =>
  jsonTokenizer(JSON.parse(await readFile(join(GOLDEN, `${name}.json`), 'utf8')).tokenizer);
const tokenizer = await tokenizerOf('qwen');

const MESSAGES: readonly ChatMessage[] = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: 'Hello there' },
  { role: 'assistant', content: 'Hello world!', reasoning: 'A greeting.' },
  { role: 'user', content: 'Who are you?' },
  { role: 'assistant', content: ' I am fine.\n' },
];

/** Texts of the tokens in the loss, one for each run of them. */
function learned(chat: string, messages = MESSAGES, options = {}): string[] {
  const { ids, lossMask } = encodeConversation(messages, tokenizer, { chat, ...options });
  const runs: number[][] = [];
  for (const [i, id] of ids.entries()) {
    if (lossMask[i] === 0) continue;
    if (lossMask[i - 1] !== 1) runs.push([]);
    runs.at(-1)?.push(id);
  }
  return runs.map(run => tokenizer.decode(run));
}

const MARKED =
  "{% for m in messages %}{{ '<|user|>' if m.role != 'assistant' else '<|assistant|>' }}" +
  "{% if m.role == 'assistant' %}{% generation %}{{ m.content | trim }}<|end|>{% endgeneration %}{% else %}{{ m.content }}<|end|>{% endif %}\n\n{% endfor %}";

describe('a conversation', () => {
  test('is rendered once and encoded once, its positions from 0 on', () => {
    const chat =
      '{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}';
    const prompt = encodeConversation(MESSAGES.slice(1, 2), tokenizer, { chat, addGenerationPrompt: true });
    expect(prompt.text).toBe('<|user|>Hello there<|end|><|assistant|>');
    expect(tokenizer.decode(prompt.ids)).toBe(prompt.text);
    expect(prompt.positions).toEqual([...prompt.ids.keys()]);
    expect(prompt.lossMask).toEqual(prompt.ids.map(() => 0));
    const whole = encodeConversation(MESSAGES.slice(1, 3), tokenizer, { chat });
    expect(whole.ids.slice(0, prompt.ids.length)).toEqual(prompt.ids);
    expect(whole.lossMask.slice(0, prompt.ids.length)).toEqual(prompt.lossMask);
  });

  test('is learned where {% generation %} marks it', () => {
    expect(learned(MARKED)).toEqual(['Hello world!<|end|>', 'I am fine.<|end|>']);
  });

  test('is learned from the generation prompt to the last special token of an answer', () => {
    const chat =
      "{% for m in messages %}{{ '<|user|>' if m.role != 'assistant' else '<|assistant|>\n' }}{{ m.content | trim }}<|end|>\n\n{% endfor %}" +
      '{% if add_generation_prompt %}<|assistant|>\n{% endif %}';
    expect(learned(chat)).toEqual(['Hello world!<|end|>', 'I am fine.<|end|>']);
  });

  test('is learned to the end of an answer where no special token ends it', () => {
    const chat =
      '{% for m in messages %}{{ m.role }}: {{ m.content }}\n\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}';
    expect(learned(chat, MESSAGES.slice(1, 3))).toEqual([' Hello world!\n\n']);
  });

  test('is learned whole where a template that opens reasoning writes an answer without', () => {
    const chat =
      '{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}<|end|>\n{% endfor %}' +
      '{% if add_generation_prompt %}<|assistant|>\n<think>\n{% endif %}';
    expect(learned(chat, MESSAGES.slice(1, 3))).toEqual(['Hello world!<|end|>']);
  });

  test('is learned with the token that follows the last message', () => {
    const chat =
      "{% for m in messages %}{{ '<|user|>' ~ m.content if m.role == 'user' else '<|assistant|>' ~ m.content }}{% endfor %}<|end|>" +
      '{% if add_generation_prompt %}<|assistant|>{% endif %}';
    expect(() => learned(chat, MESSAGES.slice(1, 3))).not.toThrow();
    expect(learned(chat, MESSAGES.slice(1, 3))).toEqual(['Hello world!<|end|>']);
  });

  test('shows reasoning to the template only where it is asked for', () => {
    const chat =
      '{% for m in messages %}<|{{ m.role }}|>{% if m.reasoning_content %}({{ m.reasoning_content }}){% endif %}{{ m.content }}<|end|>{% endfor %}' +
      '{% if add_generation_prompt %}<|assistant|>{% endif %}';
    const part = MESSAGES.slice(1, 3);
    expect(learned(chat, part)).toEqual(['Hello world!<|end|>']);
    expect(learned(chat, part, { reasoning: true })).toEqual(['(A greeting.)Hello world!<|end|>']);
  });

  test('is learned with its calls of tools, and without what they return', () => {
    const chat =
      "{% for m in messages %}<|{{ 'assistant' if m.role == 'assistant' else 'user' }}|>{{ m.content }}" +
      '{% for c in m.tool_calls or [] %}[{{ c.function.name }} {{ c.function.arguments.city }}]{% endfor %}<|end|>{% endfor %}' +
      '{% if add_generation_prompt %}<|assistant|>{% endif %}';
    const messages: ChatMessage[] = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: '', toolCalls: [{ name: 'weather', arguments: '{"city": "Bonn"}' }] },
      { role: 'tool', content: 'Rain' },
      { role: 'assistant', content: 'It rains.' },
    ];
    expect(learned(chat, messages)).toEqual(['[weather Bonn]<|end|>', 'It rains.<|end|>']);
  });

  test.each([
    ['writes no message in a loop', '{{ messages[-1].content }}', 'it writes no message 3 there'],
    [
      'writes answers in two loops',
      '{% for m in messages %}{{ m.content }}{% endfor %}{% for m in messages %}{{ m.content }}{% endfor %}',
      'it writes message 3 in 2 parts',
    ],
    [
      'marks nothing',
      '{% for m in messages %}{{ m.content }}{% endfor %}{% if false %}{% generation %}{% endgeneration %}{% endif %}',
      'it writes none of these',
    ],
    [
      'begins answers in another way',
      '{% for m in messages %}{{ m.content }}{% endfor %}{% if add_generation_prompt %}Answer:{% endif %}',
      'an answer must begin with the generation prompt "Answer:", found "Hello world!"',
    ],
    [
      'changes what it wrote',
      '{% for m in messages %}{{ m.content if not add_generation_prompt else 1 }}{% endfor %}',
      'its generation prompt must follow the messages, it changes them',
    ],
  ])('is refused by name where the template %s', (_, chat, message) => {
    expect(() => learned(chat)).toThrow(`The answers cannot be found in what the chat template writes: `);
    expect(() => learned(chat)).toThrow(message);
  });

  test('of a SentencePiece-style tokenizer is read as one text', async () => {
    const llama = await tokenizerOf('llama');
    const chat =
      '{% for m in messages %}{{ m.role }}: {{ m.content }}<|end|>{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}';
    const { text, ids, lossMask } = encodeConversation(MESSAGES.slice(1, 3), llama, { chat });
    expect(ids).toEqual(llama.encode(text, { allowSpecial: true }));
    const learnedIds = ids.filter((_, i) => lossMask[i] === 1);
    expect(learnedIds.map(id => llama.tokenText(id)).join('')).toBe('▁Hello▁world!<|end|>');
  });
});
