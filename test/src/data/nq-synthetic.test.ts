import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAiModel } from '../../../src/chat/index.ts';
import { buildNqSynthetic, parseQaPairs } from '../../../src/data/nq-synthetic.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { failThirtyPercent, openAiServer, type ServerOptions } from '../../fixtures/openai-server.ts';

/** A teacher that writes five pairs about numbered towns, some of them in every answer. */
function teach(asked: { body: Record<string, unknown>; prompt: string }): string {
  const draw = seededRandom(`${asked.body.seed}/${asked.prompt}`);
  const pairs = Array.from({ length: 5 }, () => draw.integer(400));
  return pairs.map(town => `Q: where is town ${town}\nA: County ${town % 7}`).join('\n');
}

const folder = () => mkdtemp(join(tmpdir(), 'nq-'));

async function teacherServer(fail?: ServerOptions['fail']) {
  return openAiServer({ ...(fail && { fail }), reply: teach });
}

test('pairs are read from what a teacher writes, whatever it writes around them', () => {
  const text =
    'Sure! Here are some:\n\nQ: who wrote hamlet\nA: Shakespeare\n\n2. Q: capital of peru?\n\n   A: Lima\r\nQ3: largest ocean\nA3: Pacific\nQ: cut off\nA:';
  expect(parseQaPairs(text)).toEqual([
    { question: 'who wrote hamlet', answer: 'Shakespeare' },
    { question: 'capital of peru?', answer: 'Lima' },
    { question: 'largest ocean', answer: 'Pacific' },
  ]);
});

test('a pair at the end of a text that was cut by length is none', () => {
  const text = 'Q: capital of peru?\nA: Lima\nQ: who wrote hamlet\nA: Shake';
  expect(parseQaPairs(text, { cut: true })).toEqual([{ question: 'capital of peru?', answer: 'Lima' }]);
  expect(parseQaPairs(`${text}\n`, { cut: true })).toHaveLength(2);
});

test('the teacher sees five of the paper’s pairs in the paper’s words, and repeats are dropped', async () => {
  await using server = await teacherServer();
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: await folder() });
  const set = await buildNqSynthetic(teacher, { count: 200, seed: 1 });
  expect(server.asked[0]?.prompt).toMatch(
    /^I want you to generate a series of questions and answers\. .* For example,\n(Q: .+\nA: .+\n?){5}$/,
  );
  expect(server.asked[0]?.body).toMatchObject({ temperature: 1, model: 'teacher' });
  expect(set.dialogues).toHaveLength(200);
  expect(new Set(set.dialogues.map(({ turns }) => turns[0]?.content)).size).toBe(200);
  const [answered, parsed, once] = set.counts;
  expect([answered?.before, answered?.after, parsed?.after]).toEqual([set.calls, set.calls, set.calls]);
  expect(once?.before).toBe(5 * set.calls);
  expect(once?.after).toBe(200);
  expect(set).toMatchObject({ ended: 'complete', failed: { calls: 0 } });
});

test('a set is the same however many calls are made in a round', async () => {
  await using server = await teacherServer();
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null });
  const [few, many] = await Promise.all(
    [3, 32].map(round => buildNqSynthetic(teacher, { count: 60, seed: 4, round })),
  );
  expect(many?.dialogues).toEqual(few?.dialogues);
  expect(few?.calls).toBeLessThan(many?.calls ?? 0);
});

test('a set is the same however slowly its calls come and however often they fail, and is not paid for twice', async () => {
  const cache = await folder();
  await using server = await teacherServer();
  const collect = (options: object) =>
    buildNqSynthetic(openAiModel({ model: 'teacher', base: server.base, cache, ...options }), {
      count: 60,
      seed: 2,
    });
  const first = await collect({});
  const calls = server.asked.length;
  expect(await collect({})).toEqual(first);
  expect(server.asked).toHaveLength(calls);
  server.options.fail = failThirtyPercent(1);
  const fresh = await collect({ cache: await folder(), backOff: 1, timeout: 500 });
  expect(fresh.dialogues).toEqual(first.dialogues);
  expect(server.asked.some(({ failure }) => failure !== undefined)).toBe(true);
});

test('collecting stops at the budget, with what there is and the reason', async () => {
  await using server = await teacherServer();
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null, budget: { tokens: 8000 } });
  const set = await buildNqSynthetic(teacher, { count: 6000, seed: 3 });
  expect(set.ended).toBe('failed');
  expect(set.failed.reason).toContain('do not fit into the budget of 8000 tokens');
  expect(set.dialogues.length).toBeGreaterThan(0);
  expect(teacher.spent.input + teacher.spent.output).toBeLessThanOrEqual(8000);
});

test('answers in which no pair can be read are counted, and bring none', async () => {
  let nth = 0;
  await using server = await openAiServer({
    reply: () => (nth++ % 2 === 0 ? 'I cannot help with that.' : `Q: how high is hill ${nth}\nA: high`),
  });
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null });
  const set = await buildNqSynthetic(teacher, { count: 8 });
  expect(set.counts).toEqual([
    { step: 'calls that were answered', before: 16, after: 16 },
    { step: 'answers that hold a pair', before: 16, after: 8 },
    { step: 'each pair once, 8 at the most', before: 8, after: 8 },
  ]);
});

test('a teacher that has no new pairs ends the collecting', async () => {
  await using server = await openAiServer({ reply: () => 'Q: always the same\nA: yes' });
  const teacher = openAiModel({ model: 'teacher', base: server.base, cache: null });
  expect(await buildNqSynthetic(teacher, { count: 10 })).toMatchObject({
    ended: 'nothing new',
    dialogues: [{}],
  });
});
