import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { benchmark, requestView } from '../../../src/evaluate/index.ts';

const write = benchmark({
  name: 'tags',
  shots: 2,
  items: [{ id: 'a' }, { id: 'b' }],
  buildPrompt: ({ id }, promptFormat) => ({
    prompt: `<${id}>\nin ${promptFormat}`,
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
    'tags, 2 shots: 11 characters, at most 8 tokens, up to "\\n"\n\n<a>\nin chat\n\n' +
      'letters, 0 shots: 7 characters, the likeliest of " A" " B"\n\nAnswer:',
  );
});

test('in a notebook it is folded, and a prompt is no markup', () => {
  const view = requestView([write]) as unknown as Record<symbol, () => Record<string, string>>;
  const html = view[Symbol.for('Jupyter.display')]?.()['text/html'];
  expect(html).toMatch(/^<details><summary>tags, 2 shots: 10 characters, .*<\/summary><pre/);
  expect(html).toContain('>&#60;a&#62;\nin raw</pre>');
});
