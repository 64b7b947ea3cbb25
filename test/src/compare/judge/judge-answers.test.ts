import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAiModel } from '../../../../src/chat/index.ts';
import {
  type JudgeItem,
  type JudgePair,
  judgeAnswers,
  judgePairs,
  modelRatings,
  positionBias,
  preferencesOf,
} from '../../../../src/compare/index.ts';
import { openAiServer } from '../../../fixtures/openai-server.ts';
import { MT_BENCH } from './mt-bench-prompts.ts';

const judgeAt = (base: string) => openAiModel({ model: 'judge', base, cache: null, tries: 1 });

const item = (promptId: string, id: string, text: string, followUp?: string): JudgeItem => ({
  promptId,
  prompt: `q${promptId}`,
  followUp: { prompt: `then${promptId}` },
  answer: { id, text, followUp },
});

test('single answers are rated by turns, and the means are over prompts', async () => {
  await using server = await openAiServer({
    reply: ({ prompt }) =>
      `It is so. Rating: [[${/A2 (\d)/.exec(prompt)?.[1] ?? /A (\d)/.exec(prompt)?.[1]}]]`,
  });
  const items = [item('1', 'm', '8', '6'), item('2', 'm', '4', '2'), item('1', 'n', '9')];
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const { reviews, unread, failed } = await judgeAnswers(judgeAt(server.base), items, {
    prompts: MT_BENCH,
    folder,
  });
  expect([unread, failed]).toEqual([[], []]);
  expect(reviews.map(({ promptId, model, turn, score }) => [promptId, model, turn, score])).toEqual([
    ['1', 'm', undefined, 8],
    ['1', 'm', 2, 6],
    ['2', 'm', undefined, 4],
    ['2', 'm', 2, 2],
    ['1', 'n', undefined, 9],
  ]);
  expect(
    modelRatings(reviews).map(({ model, turn, value, n, unscored }) => [model, turn, value, n, unscored]),
  ).toEqual([
    ['m', null, 5, 2, 0],
    ['m', 1, 6, 2, 0],
    ['m', 2, 4, 2, 0],
    ['n', null, 9, 1, 0],
  ]);
  const [first = ''] = (await readFile(join(folder, 'reviews.jsonl'), 'utf8')).split('\n');
  expect(JSON.parse(first)).toMatchObject({
    question_id: '1',
    model: 'm',
    text: 'It is so. Rating: [[8]]',
    score: 8,
  });
  const asked = server.asked.length;
  expect(await judgeAnswers(judgeAt(server.base), items, { prompts: MT_BENCH, folder })).toMatchObject({
    reviews,
  });
  expect(server.asked).toHaveLength(asked);
});

test('pairs are compared by turns, each a preference of its own', async () => {
  // Prefers teacher's first turns, whatever their place, and the second place of second turns.
  await using server = await openAiServer({
    reply: ({ prompt }) =>
      prompt.startsWith('A1') ? '[[B]]' : prompt.startsWith('Q q1 A good') ? '[[A]]' : '[[B]]',
  });
  const pair: JudgePair = {
    promptId: '1',
    prompt: 'q1',
    followUp: { prompt: 'q2' },
    answers: [
      { id: 'teacher', text: 'good', followUp: 'x' },
      { id: 'student', text: 'bad', followUp: 'y' },
    ],
  };
  const { reviews } = await judgePairs(judgeAt(server.base), [pair], { prompts: MT_BENCH });
  expect(reviews.map(({ first, turn = 1, scores }) => [first, turn, scores])).toEqual([
    ['teacher', 1, [1, 0]],
    ['teacher', 2, [0, 1]],
    ['student', 1, [0, 1]],
    ['student', 2, [0, 1]],
  ]);
  expect(preferencesOf(reviews).map(({ winner }) => winner)).toEqual(['b', 'tie']);
  expect(positionBias(reviews)).toMatchObject({ consistent: { value: 0.5, n: 2 }, second: { value: 0.5 } });
});

test('a rubric’s scale bounds what is read', async () => {
  await using server = await openAiServer({ reply: () => 'Rating: [[7]]' });
  const prompts = [
    {
      category: 'general',
      system: '',
      template: '{question} {answer}',
      instruction: '',
      type: 'single' as const,
      scale: { low: 1, high: 5 },
    },
  ];
  const { unread } = await judgeAnswers(judgeAt(server.base), [item('1', 'm', '8')], { prompts });
  expect(unread).toMatchObject([{ promptId: '1', model: 'm', score: null, text: 'Rating: [[7]]' }]);
  expect(server.asked[0]?.body.messages).toEqual([{ role: 'user', content: 'q1 8' }]);
});

test('an answer that occurs twice, and prompts of pairs alone, are refused', async () => {
  await using server = await openAiServer({ reply: () => '7' });
  const judge = judgeAt(server.base);
  await expect(
    judgeAnswers(judge, [item('1', 'm', '8'), item('1', 'm', '9')], { prompts: MT_BENCH }),
  ).rejects.toThrow('each answer must occur once, found m of prompt 1 twice');
  const pairwise = MT_BENCH.filter(({ type }) => type === 'pairwise');
  await expect(judgeAnswers(judge, [item('1', 'm', '8')], { prompts: pairwise })).rejects.toThrow(
    'a single prompt is required, found none',
  );
});

test('a reply that cannot be read is asked for again by the next run, with another sample, until it can', async () => {
  let replies = 0;
  await using server = await openAiServer({ reply: () => (++replies < 3 ? 'Well …' : 'Rating: [[7]]') });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const run = () => judgeAnswers(judgeAt(server.base), [item('1', 'm', '8')], { prompts: MT_BENCH, folder });
  const kept = async () =>
    (await readFile(join(folder, 'reviews.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  expect((await run()).unread).toMatchObject([{ text: 'Well …' }]);
  expect(await kept()).toMatchObject([{ score: -1 }]);
  expect((await run()).unread).toHaveLength(1);
  expect(await kept()).toMatchObject([{ score: -1, retries: 1 }]);
  expect(await run()).toMatchObject({ unread: [], reviews: [{ score: 7 }] });
  expect(await kept()).toMatchObject([{ score: 7, retries: 2 }]);
  expect((await run()).reviews).toMatchObject([{ score: 7 }]);
  expect(server.asked).toHaveLength(3);
  expect(new Set(server.asked.map(({ body }) => body.seed)).size).toBe(3);
});

test('a retry that fails is listed as failed, and the reply before it stays kept', async () => {
  await using server = await openAiServer({ reply: () => 'Well …' });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const run = () => judgeAnswers(judgeAt(server.base), [item('1', 'm', '8')], { prompts: MT_BENCH, folder });
  await run();
  server.options.handle = (_, response) => {
    response.writeHead(400).end('{"error": {"message": "too long"}}');
    return true;
  };
  expect(await run()).toMatchObject({ unread: [], failed: [{ error: expect.stringContaining('too long') }] });
  server.options.handle = () => false;
  expect((await run()).unread).toHaveLength(1);
});
