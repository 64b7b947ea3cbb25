import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'evaluate-'));

/** Runs `imitation-lab evaluate …`. */
const evaluate = (...parameters: string[]) => startCommand(folder, ['evaluate', ...parameters]).ended;

test('a model at a server is scored, and a re-run asks nothing', WITH_RECORDS, async () => {
  await using server = await openAiServer({ reply: () => '14 December 1972 UTC' });
  const parameters = [
    'nq',
    '--shots',
    '3',
    '--limit',
    '5',
    '--model',
    server.base,
    '--model-name',
    'm',
    '--out',
    'nq',
  ];
  const { code, out } = await evaluate(...parameters, '--json');
  expect(code).toBe(0);
  // The first question of NQ-open is when the last man was on the moon.
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    benchmark: 'nq',
    shots: 3,
    model: 'm',
    promptFormat: 'raw',
    n: 5,
    metrics: [{ metric: 'exact_match', value: 0.2, n: 5, unscored: 0 }],
  });
  expect((await readFile(join(folder, 'nq', 'items.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(5);
  const before = server.asked.length;
  expect((await evaluate(...parameters)).out).toMatch(
    /^nq exact_match of m: 0\.2000 \[0\.0362, 0\.6245\], n = 5 \(raw, 3 shots\)$/m,
  );
  expect(server.asked).toHaveLength(before);
});

test(
  'a prompt format is asked in and stated, and one without examples refuses shots',
  WITH_RECORDS,
  async () => {
    await using server = await openAiServer({ reply: () => 'x' });
    const asked = ['nq', '--limit', '1', '--model', server.base, '--model-name', 'm', '--prompt-format'];
    const { code, out } = await evaluate(...asked, 'chat-multiturn', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      promptFormat: 'chat-multiturn',
      shots: 3,
      promptDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    // The system's message, three examples of two turns, and the question.
    expect(server.asked[0]?.body.messages).toHaveLength(8);
    expect((await evaluate(...asked, 'chat', '--shots', '3')).err).toContain(
      '--shots must be 0 in the prompt format chat, got 3',
    );
    expect((await evaluate(...asked, 'turns')).code).toBe(2);
  },
);

test('recorded predictions are scored without a model', WITH_RECORDS, async () => {
  const rows = [
    { question: "who wrote he ain't heavy he's my brother lyrics", prediction: 'bob russell.' },
    { question: 'how many seasons of the bastard executioner are there', prediction: 'two' },
  ];
  await writeFile(join(folder, 'predictions.jsonl'), rows.map(row => JSON.stringify(row)).join('\n'));
  const { code, out } = await evaluate('nq', '--predictions', 'predictions.jsonl', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ n: 2, metrics: [{ metric: 'exact_match', value: 0.5, n: 2 }] });
  await writeFile(join(folder, 'other.jsonl'), JSON.stringify({ question: 'who', prediction: 'x' }));
  expect((await evaluate('nq', '--predictions', 'other.jsonl')).err).toContain(
    'Cannot read other.jsonl:1: a question of NQ-open and a prediction is required',
  );
});

test('what a benchmark needs is named', async () => {
  expect((await evaluate('nq')).err).toContain('--model, or for nq --predictions, is required, got none');
  expect(await evaluate('mmlu', '--predictions', 'none.jsonl')).toMatchObject({ code: 2 });
  expect((await evaluate('mmlu')).err).toContain('--model is required, got none');
  expect((await evaluate('chess')).code).toBe(2);
});
