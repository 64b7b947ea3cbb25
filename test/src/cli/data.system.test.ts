import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { seededRandom } from '../../../src/stats/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { PATIENCE_MS } from '../../fixtures/patience.ts';

const folder = await mkdtemp(join(tmpdir(), 'data-'));

/** Runs `imitation-lab data …`. */
const data = (...parameters: string[]) =>
  startCommand(folder, ['data', ...parameters], { OPENAI_API_KEY: 'sk-very-secret' }).ended;

const text = (...path: string[]) => readFile(join(folder, ...path), 'utf8');

await writeFile(
  join(folder, 'dump.json'),
  JSON.stringify([
    {
      id: 'a',
      conversations: [
        { from: 'human', value: 'What is the capital of <b>France</b>?' },
        { from: 'gpt', value: '<p>The capital of France is <strong>Paris</strong>.</p>' },
      ],
    },
    { id: 'b', conversations: [{ from: 'gpt', value: 'Nobody asked.' }] },
  ]),
);

test('build writes the dialogues and a card with the counts of every step, and inspect reads them', async () => {
  const { code, out } = await data('build', 'sharegpt', '--sharegpt', 'dump.json', '--out', 'set', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    out: 'set',
    dialogues: 1,
    ended: 'complete',
  });
  expect(JSON.parse(await text('set', 'dialogues.jsonl'))).toEqual({
    id: 'a',
    turns: [
      { role: 'user', content: 'What is the capital of <b>France</b>?' },
      { role: 'assistant', content: 'The capital of France is **Paris**.' },
    ],
  });
  const card = JSON.parse(await text('set', 'card.json'));
  expect(card).toMatchObject({
    name: 'sharegpt',
    dialogues: 1,
    turns: 2,
    queries: { n: 1, total: 6, median: 6 },
    manifest: { seed: 0, config: { set: 'sharegpt', language: 'en' } },
  });
  expect(Object.keys(card.manifest.inputs)).toEqual(['dump.json']);
  expect(card.counts[2]).toEqual({ step: 'from a user’s turn to an answer', before: 2, after: 1 });
  expect(await text('set', 'card.html')).toContain(
    '<td>from a user’s turn to an answer</td><td>2</td><td>1</td>',
  );

  const inspected = await startCommand(folder, ['inspect', 'set/dialogues.jsonl', '--json']).ended;
  expect(JSON.parse(inspected.out)).toMatchObject({
    format: 'conversations',
    prompts: 1,
    models: ['dialogues'],
  });
});

test('a synthetic set comes from a teacher, without its key; at the budget it says so, keeps what it has and resumes', async () => {
  await using server = await openAiServer({
    reply: ({ prompt }) => `Q: what follows ${prompt.slice(-12)}\nA: this`,
  });
  const build = (...more: string[]) =>
    data(
      'build',
      'nq-synthetic',
      '--model',
      server.base,
      '--model-name',
      't',
      '--out',
      'nq',
      '--count',
      '6',
      ...more,
    );
  const short = await build('--max-total-tokens', '1500');
  expect(short.code).toBe(1);
  expect(short.err).toContain('do not fit into the budget of 1500 tokens');
  const before = (await text('nq', 'dialogues.jsonl')).trim().split('\n').length;
  const calls = server.asked.length;
  expect(calls).toBeGreaterThan(0);
  const whole = await build();
  expect(whole.code).toBe(0);
  expect((await text('nq', 'dialogues.jsonl')).trim().split('\n')).toHaveLength(6);
  expect(before).toBeLessThan(6);
  const asked = server.asked.map(({ body }) => JSON.stringify(body));
  expect(new Set(asked).size).toBe(asked.length);
  // The record of all calls that the set comes from, those of the first run among them.
  const records = (await text('nq', 'calls.jsonl'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(records.map(({ body }) => JSON.stringify(body)).sort()).toEqual(asked.sort());
  expect(records.filter(({ cached }) => cached)).toHaveLength(calls);
  expect(records[0]).toMatchObject({
    body: { temperature: 1, messages: [{ role: 'user' }] },
    model: 't-2026-11',
    response: { choices: [{ message: { content: expect.stringMatching(/^Q: what follows/) } }] },
    latency: expect.any(Number),
  });
  expect(await text('nq', 'calls.jsonl')).not.toContain('sk-very-secret');
  expect((await text('nq', 'card.json')) + whole.err + short.err).not.toContain('sk-very-secret');
});

test('500 pairs come together from a teacher that repeats itself and often fails, though the command is killed', async () => {
  const draw = (text: string) => seededRandom(`teacher/${text}`);
  await using server = await openAiServer({
    // Ten pairs of 900, so that many come again, and a line that is no pair; one answer of ten is a refusal.
    reply: ({ prompt, body }) => {
      const { integer, next } = draw(`${prompt}/${body.seed}`);
      if (next() < 0.1) return 'As a language model, I would rather not.';
      const pairs = Array.from({ length: 10 }, () => integer(900)).map(
        n => `Q: what is number ${n}?\nA: ${n}`,
      );
      return ['Here are some:', ...pairs].join('\n');
    },
    fail: (prompt, nth) => {
      const { next, choose } = draw(`${prompt}/${nth}`);
      return next() < 0.3 ? choose(['too many', 'broken', 'cut'] as const) : undefined;
    },
  });
  const parameters = ['data', 'build', 'nq-synthetic', '--model', server.base, '--model-name', 'forgetful'];
  const build = (out: string) => startCommand(folder, [...parameters, '--out', out, '--count', '500']);
  const killed = build('whole');
  await vi.waitUntil(() => server.asked.filter(({ failure }) => !failure).length >= 30, {
    timeout: PATIENCE_MS,
  });
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { code, err } = await build('whole').ended;
  expect([code, err]).toEqual([0, expect.stringContaining('500')]);
  const rows = (await text('whole', 'dialogues.jsonl'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const questions = rows.map(({ turns }) => turns[0].content);
  expect(questions).toHaveLength(500);
  expect(new Set(questions).size).toBe(500);
  for (const { turns } of rows) expect(turns[0].content).toBe(`what is number ${turns[1].content}?`);
  const card = JSON.parse(await text('whole', 'card.json'));
  const [answers, parsed, once] = card.counts;
  expect(answers).toEqual({ step: 'calls that were answered', before: answers.after, after: parsed.before });
  expect(parsed.step).toBe('answers that hold a pair');
  expect(parsed.before - parsed.after).toBeGreaterThan(0);
  expect(once).toEqual({ step: 'each pair once, 500 at the most', before: 10 * parsed.after, after: 500 });
  expect(once.before).toBeGreaterThan(650);
  // What was answered was asked once. Calls that the kill cut off had no chance to be kept.
  const answered = server.asked.filter(({ failure }) => !failure).map(({ body }) => JSON.stringify(body));
  expect(answered.length - new Set(answered).size).toBeLessThanOrEqual(8);
  expect(server.asked.length).toBeGreaterThan(1.2 * answered.length);
});

test('what a set needs is named', async () => {
  expect((await data('build', 'nq-synthetic', '--out', 'x')).err).toContain(
    '--model is required for a synthetic set, the teacher',
  );
  expect((await data('build', 'discord', '--out', 'x')).err).toContain('--discord is required for discord');
  expect((await data('build', 'pile', '--out', 'x')).code).toBe(2);
});
