import { expect, test } from 'vitest';
import { openAiModel } from '../../../src/chat/index.ts';
import { buildTldrSynthetic } from '../../../src/data/tldr-synthetic.ts';
import { splitWords } from '../../../src/text/index.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';

const examples = [
  { passage: 'A dog barked all night.', summary: 'Dog barks.' },
  { passage: 'A cat slept all day.', summary: 'Cat sleeps.' },
];
const countTokens = (text: string) => splitWords(text).length;
const documents = [
  { id: 'short', text: 'A bird sang at dawn.' },
  { id: 'long', text: 'bird '.repeat(40) },
  { id: 'too long', text: 'bird '.repeat(90) },
];

test('two examples show the style, one where two do not fit, and a document that does not fit is counted', async () => {
  await using server = await openAiServer({ reply: () => ' A summary. ' });
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null, concurrency: 1 });
  const set = await buildTldrSynthetic(teacher, documents, { examples, countTokens, room: 85, seed: 1 });
  const [two = '', one = ''] = server.asked.map(({ prompt }) => prompt);
  expect(two).toMatch(
    /^I want you to summarize a document for me\. Here are some examples:\n\nDocument: .+\nSummary: .+\n\nDocument: .+\nSummary: .+\n\nOk now summarize the following in a similar style to the above examples:\n\nDocument: A bird sang at dawn\.\nSummary:$/,
  );
  expect(one.match(/^Summary: /gm)).toHaveLength(1);
  expect(server.asked).toHaveLength(2);
  expect(set.dialogues).toEqual([
    {
      id: 'short',
      turns: [
        { role: 'user', content: 'Document: A bird sang at dawn.\nSummary:' },
        { role: 'assistant', content: 'A summary.' },
      ],
    },
    {
      id: 'long',
      turns: [{ role: 'user', content: `Document: ${documents[1]?.text}\nSummary:` }, expect.anything()],
    },
  ]);
  expect(set.counts).toEqual([
    { step: 'prompt and document fit', before: 3, after: 2 },
    { step: 'answered', before: 2, after: 2 },
    { step: 'not cut by length', before: 2, after: 2 },
  ]);
  expect(set.ended).toBe('complete');
});

test('a summary that was cut by length enters no set, and one that failed is missing', async () => {
  await using server = await openAiServer({
    reply: () => 'S',
    finish: prompt => (prompt.includes('cut me') ? 'length' : 'stop'),
    fail: prompt => (prompt.includes('fail me') ? 'null' : undefined),
  });
  const teacher = openAiModel({ model: 'teacher', base: server.base });
  const asked = ['fine', 'cut me', 'fail me'].map(text => ({ id: text, text }));
  const set = await buildTldrSynthetic(teacher, asked, { examples, countTokens });
  expect(set.dialogues.map(({ id }) => id)).toEqual(['fine']);
  expect(set).toMatchObject({ missing: 1, failed: { calls: 1, reason: 'the answer holds no text' } });
});

test('one example is not enough to draw from', async () => {
  await using server = await openAiServer();
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null });
  await expect(
    buildTldrSynthetic(teacher, documents, { examples: examples.slice(1), countTokens }),
  ).rejects.toThrow('Cannot collect summaries: two examples are required, found 1');
});

test('a document with braces in it is no place to fill', async () => {
  await using server = await openAiServer({ reply: () => 'S' });
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null });
  await buildTldrSynthetic(teacher, [{ id: '1', text: 'f(x) = {x}' }], { examples, countTokens });
  expect(server.asked[0]?.prompt).toContain('Document: f(x) = {x}\nSummary:');
});
