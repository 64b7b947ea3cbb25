import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { benchmark, requestView } from '../../../src/evaluate/index.ts';

const write = benchmark({
  name: 'tags',
  shots: 2,
  items: [{ id: 'a' }, { id: 'b' }],
  buildPrompt: ({ id }, promptFormat) => ({
    prompt: {
      instruction: `In ${promptFormat}:\n\n`,
      examples: ['p', 'q'].map(tag => ({ question: `<${tag}>`, answer: `</${tag}>` })),
      question: `<${id}>`,
    },
    maxTokens: 8,
    stop: ['\n'],
  }),
  score: () => ({}),
});
const choose = benchmark({
  name: 'letters',
  items: [{ id: 'a' }],
  buildPrompt: () => ({ prompt: 'Answer:', continuations: [' A', ' B'] }),
  score: () => ({}),
});

test('what is asked of the first item is shown exactly as it is sent', () => {
  expect(inspect(requestView([write, choose], 'chat'))).toBe(
    'tags, 0 shots: 13 characters, at most 8 tokens, up to "\\n"\n\nIn chat:\n\n<a>\n\n' +
      'letters, 0 shots: 7 characters, the likeliest of " A" " B"\n\nAnswer:',
  );
});

test('of a chat with examples as turns, every message is shown', () => {
  expect(inspect(requestView([write], 'chat-multiturn'))).toBe(
    'tags, 2 shots: 37 characters, at most 8 tokens, up to "\\n"\n\n[system]\nIn chat-multiturn:\n\n\n\n' +
      '[user]\n<p>\n\n[assistant]\n</p>\n\n[user]\n<q>\n\n[assistant]\n</q>\n\n[user]\n<a>',
  );
});

test('in a notebook it is folded, and a prompt is no markup', () => {
  const view = requestView([write]) as unknown as Record<symbol, () => Record<string, string>>;
  const html = view[Symbol.for('Jupyter.display')]?.()['text/html'];
  expect(html).toMatch(/^<details><summary>tags, 2 shots: 32 characters, .*<\/summary><pre/);
  expect(html).toContain(
    '>In raw:\n\n&#60;p&#62; &#60;/p&#62;\n\n&#60;q&#62; &#60;/q&#62;\n\n&#60;a&#62;</pre>',
  );
});
