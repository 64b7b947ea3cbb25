import { expect, test } from 'vitest';
import { openAiModel } from '../../../src/chat/index.ts';
import { type Benchmark, benchmark, evaluate, type ItemRow } from '../../../src/evaluate/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { failThirtyPercent, type OpenAiServer, openAiServer } from '../../fixtures/openai-server.ts';

const items = Array.from({ length: 60 }, (_, index) => ({ id: `${index}` }));

/** Texts of two words or one, so that shares are neither 0 nor 1. */
const words = benchmark({
  name: 'words',
  items,
  buildPrompt: ({ id }) => ({ prompt: `Say ${id}` }),
  score: (_, { text }) => ({ two: text.split(' ').length === 2 ? 1 : 0, length: text.length }),
});

/** The letter whose log-likelihood is largest, drawn anew for each question. */
const letters = benchmark({
  name: 'letters',
  items,
  buildPrompt: ({ id }) => ({ prompt: `Choose ${id}:`, continuations: [' A', ' B', ' C'] }),
  score: (_, { logprobs }) => ({ a: logprobs.indexOf(Math.max(...logprobs)) === 0 ? 1 : 0 }),
});

const knowing = () =>
  openAiServer({
    reply: ({ prompt }) => (seededRandom(prompt).next() < 0.5 ? `Said ${prompt.length}` : 'said'),
    likelihood: (token, before) => -seededRandom(before + token).next(),
  });

const run = ({ base }: OpenAiServer, what: Benchmark, patience?: { timeout: number }) =>
  evaluate(openAiModel({ model: 'm', base, cache: null, tries: 12, backOff: 1, ...patience }), what);

/** Ends the wait for a silent server, and never that for one which answers while the machine is busy. */
const PATIENCE = { timeout: 3000 };

test.each([
  ['two', words],
  ['a', letters],
])(
  'failing three calls of ten changes no score of %s, loses no item, and asks none again once answered',
  async (metric, what) => {
    await using steady = await knowing();
    await using failing = await knowing();
    failing.options.fail = failThirtyPercent(3);
    const expected = await run(steady, what as Benchmark);
    const found = await run(failing, what as Benchmark, PATIENCE);
    expect(found.metrics).toEqual(expected.metrics);
    const timeless = ({ at: _, latency: __, ...item }: ItemRow) => item;
    expect(found.items.map(timeless)).toEqual(expected.items.map(timeless));
    for (const { latency } of found.items) expect(latency).toBeGreaterThan(0);
    expect(found.metrics[0]).toMatchObject({ metric, n: 60, unscored: 0 });
    expect([0, 1]).not.toContain(found.metrics[0]?.value);

    const failures = failing.asked.filter(({ failure }) => failure);
    expect(failures.length / failing.asked.length).toBeGreaterThan(0.2);
    expect(new Set(failures.map(({ failure }) => failure))).toEqual(
      new Set(['too many', 'broken', 'silent', 'cut']),
    );
    const answered = failing.asked.filter(({ failure }) => !failure).map(({ prompt }) => prompt);
    expect(answered.sort()).toEqual(steady.asked.map(({ prompt }) => prompt).sort());
  },
);

test('a score that throws ends the run with its error, though answers are still on their way', async () => {
  await using server = await openAiServer({
    fail: prompt => (prompt === 'Say 0' ? undefined : 'silent'),
  });
  const broken = benchmark({
    ...words,
    items: items.slice(0, 3),
    score: () => {
      throw new TypeError('no such field');
    },
  });
  const model = openAiModel({ model: 'm', base: server.base, cache: null });
  await expect(evaluate(model, broken)).rejects.toThrow('no such field');
});
