import { expect, test } from 'vitest';
import { openAiModel } from '../../../src/chat/index.ts';
import { categorize, categoryShares } from '../../../src/data/categorize.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';

test('a judge sorts queries into the categories of Table 6, and what names none of them has none', async () => {
  const said: Record<string, string> = {
    'write a poem': 'Generation',
    'sort a list in C': ' **Coding.**',
    hola: 'non-english',
    '???': 'I think this could be many things',
  };
  await using server = await openAiServer({
    reply: ({ prompt }) => said[/Query:\n(.*)\n/.exec(prompt)?.[1] ?? ''] ?? '',
  });
  const judge = openAiModel({ model: 'judge', base: server.base, cache: null });
  const queries = Object.keys(said).map((text, id) => ({ id: String(id), text }));
  expect(await categorize(judge, queries)).toEqual([
    { id: '0', category: 'Generation' },
    { id: '1', category: 'Coding' },
    { id: '2', category: 'Non-English' },
    { id: '3', category: null, reason: 'the judge named none: I think this could be many things' },
  ]);
});

test('shares count the queries that have a category, with intervals', () => {
  const rows = ['Coding', 'Coding', 'Chat', null].map((category, id) => ({ id: String(id), category }));
  const [coding, chat] = categoryShares(rows);
  expect(coding).toMatchObject({ category: 'Coding', count: 2, n: 3, value: 2 / 3 });
  // Wilson's interval of 2 in 3.
  expect(coding?.low).toBeCloseTo(0.2077, 4);
  expect(coding?.high).toBeCloseTo(0.9385, 4);
  expect(chat).toMatchObject({ category: 'Chat', count: 1, n: 3 });
  expect(categoryShares([{ id: '1', category: null }])).toEqual([]);
});
