import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAiModel } from '../../../../src/chat/index.ts';
import {
  type JudgePair,
  type JudgePrompt,
  judgePairs,
  preferencesOf,
} from '../../../../src/compare/index.ts';
import { parseReviews } from '../../../../src/readers/index.ts';
import { failThirtyPercent, openAiServer } from '../../../fixtures/openai-server.ts';
import { pair } from './judged-pair.ts';

const prompt = (category: string): JudgePrompt => ({
  category,
  system: `You check ${category} answers.`,
  template: '[Q]{question}[1]{answer_1}[2]{answer_2}[S]{prompt}',
  instruction: `Rate ${category}.`,
});
const prompts = [prompt('general'), prompt('coding')];

/** Scores each answer by the digit in it; without one it finds no words. */
const honest = ({ prompt }: { prompt: string }) => {
  const [, first, second] = /\[1\](.*)\[2\](.*)\[S\]/s.exec(prompt) ?? [];
  const [one, two] = [first, second].map(text => /\d/.exec(text ?? '')?.[0]);
  return one && two ? `${one} ${two}\nSince it is so.` : 'I cannot tell.';
};
const judgeAt = (base: string) =>
  openAiModel({ model: 'judge', base, cache: null, tries: 20, backOff: 1, timeout: 200 });

test('each pair is asked in both orders, by the prompt of its category and the system’s words', async () => {
  await using server = await openAiServer({ reply: honest });
  const pairs = [pair('1', 'good 9', 'poor 3'), pair('2', '8 {prompt}', '8', 'coding')];
  const { reviews, failed } = await judgePairs(judgeAt(server.base), pairs, { prompts });
  expect(failed).toEqual([]);
  expect(reviews.map(({ promptId, first, scores }) => [promptId, first, scores])).toEqual([
    ['1', 'teacher', [9, 3]],
    ['1', 'student', [3, 9]],
    ['2', 'teacher', [8, 8]],
    ['2', 'student', [8, 8]],
  ]);
  const coding = server.asked.find(({ prompt }) => prompt.startsWith('[Q]Question 2[1]8 {prompt}[2]'));
  expect(coding?.prompt).toBe('[Q]Question 2[1]8 {prompt}[2]8[S]Rate coding.');
  expect(coding?.body).toMatchObject({
    temperature: 0.2,
    max_tokens: 1024,
    messages: [{ role: 'system', content: 'You check coding answers.' }, { role: 'user' }],
  });
  expect(preferencesOf(reviews).map(({ winner }) => winner)).toEqual(['b', 'tie']);
});

test('a judge that solves the problem first may give its scores in a tuple at the end, as the prompt for mathematics asks', async () => {
  await using server = await openAiServer({ reply: () => 'f(2) = 33, not (39).\n\nOutput: (10, 2)' });
  const { reviews } = await judgePairs(judgeAt(server.base), [pair('1', '33', '39')], { prompts });
  expect(reviews.map(({ scores }) => scores)).toEqual([
    [10, 2],
    [10, 2],
  ]);
});

test('a review without scores leaves its pair unscored, with the reason', async () => {
  await using server = await openAiServer({ reply: honest });
  const { reviews } = await judgePairs(judgeAt(server.base), [pair('1', 'no digit', '7')], { prompts });
  expect(reviews.map(({ scores }) => scores)).toEqual([null, null]);
  expect(preferencesOf(reviews)).toEqual([
    {
      promptId: '1',
      a: 'student',
      b: 'teacher',
      winner: null,
      reason: 'a review has no scores that can be read',
      evidence: 'live',
    },
  ]);
});

test('a judge that fails 30 % of its calls changes no review, and a run in a folder asks nothing twice', async () => {
  await using server = await openAiServer({ reply: honest });
  const pairs = Array.from({ length: 12 }, (_, i) =>
    pair(String(i), `a ${1 + (i % 9)}`, `b ${1 + ((i * 7) % 9)}`),
  );
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const judge = judgeAt(server.base);
  const expected = await judgePairs(judge, pairs, { prompts });
  server.options.fail = failThirtyPercent(1);
  const found = await judgePairs(judge, pairs, { prompts, folder });
  expect(found).toEqual(expected);
  // As a kill leaves it: some reviews, and a line that was cut.
  const path = join(folder, 'reviews.jsonl');
  const text = await readFile(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  await writeFile(path, `${lines.slice(0, 9).join('\n')}\n${lines[9]?.slice(0, 40)}`);
  server.options.fail = () => undefined;
  const before = server.asked.length;
  expect(await judgePairs(judge, pairs, { prompts, folder })).toEqual(expected);
  expect(server.asked.length - before).toBe(24 - 9);
  // In FastChat's form.
  const published = parseReviews(await readFile(path, 'utf8'), 'reviews.jsonl');
  expect(preferencesOf(published)).toHaveLength(12);
});

test('a failed call leaves its pair unscored, and is asked again by the next run', async () => {
  await using server = await openAiServer({
    reply: honest,
    handle: ({ prompt }, response) => {
      if (!prompt.includes('[1]3')) return false;
      response.writeHead(400).end('{"error": {"message": "too long"}}');
      return true;
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const { reviews, failed } = await judgePairs(judgeAt(server.base), [pair('1', '9', '3')], {
    prompts,
    folder,
  });
  expect(failed).toMatchObject([
    { promptId: '1', first: 'student', second: 'teacher', error: expect.stringContaining('too long') },
  ]);
  // The other order alone, in which the teacher won, is no outcome.
  expect(preferencesOf(reviews)).toMatchObject([
    { promptId: '1', winner: null, reason: expect.stringMatching(/^a call failed: .*too long/) },
  ]);
  server.options.handle = () => false;
  const again = await judgePairs(judgeAt(server.base), [pair('1', '9', '3')], { prompts, folder });
  expect(again.failed).toEqual([]);
  expect(preferencesOf(again.reviews)).toMatchObject([{ winner: 'b' }]);
});

test('more pairs in the same folder are asked about beside those that it holds', async () => {
  await using server = await openAiServer({ reply: honest });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const judge = judgeAt(server.base);
  const [one, two] = [pair('1', '9', '3'), pair('2', '4', '5')];
  await judgePairs(judge, [one], { prompts, folder });
  const both = await judgePairs(judge, [two, one], { prompts, folder });
  expect(server.asked).toHaveLength(4);
  expect(preferencesOf(both.reviews).map(({ promptId, winner }) => [promptId, winner])).toEqual([
    ['2', 'a'],
    ['1', 'b'],
  ]);
  expect((await judgePairs(judge, [one], { prompts, folder })).reviews).toHaveLength(2);
});

test('other answers or settings in the same folder are asked about, and those of before come back', async () => {
  await using server = await openAiServer({ reply: honest });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const judge = judgeAt(server.base);
  const ids = async () =>
    parseReviews(await readFile(join(folder, 'reviews.jsonl'), 'utf8'), 'reviews.jsonl').map(
      ({ promptId }) => promptId,
    );
  const two = [pair('1', '9', '3'), pair('2', '5', '6')];
  const before = await judgePairs(judge, two, { prompts, folder });
  expect(server.asked).toHaveLength(4);
  const changed = await judgePairs(judge, [pair('1', '9', '4'), pair('2', '5', '6')], { prompts, folder });
  expect(server.asked).toHaveLength(6);
  expect(changed.reviews.map(({ scores }) => scores)).toEqual([
    [9, 4],
    [4, 9],
    [5, 6],
    [6, 5],
  ]);
  expect((await ids()).sort()).toEqual(['1', '1', '2', '2']);
  await judgePairs(judge, two, { prompts, folder, temperature: 0 });
  expect(server.asked).toHaveLength(10);
  expect(await judgePairs(judge, two, { prompts, folder })).toEqual(before);
  expect(server.asked).toHaveLength(10);
});

test('an answer under another name keeps its reviews, which have that name then', async () => {
  await using server = await openAiServer({ reply: honest });
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const named = (id: string): JudgePair => ({
    promptId: '1',
    prompt: 'Question 1',
    answers: [
      { id: 'teacher', text: '9' },
      { id, text: '3' },
    ],
  });
  await judgePairs(judgeAt(server.base), [named('a')], { prompts, folder });
  const { reviews } = await judgePairs(judgeAt(server.base), [named('b')], { prompts, folder });
  expect(server.asked).toHaveLength(2);
  expect(reviews.map(({ first, scores }) => [first, scores])).toEqual([
    ['teacher', [9, 3]],
    ['b', [3, 9]],
  ]);
  const text = await readFile(join(folder, 'reviews.jsonl'), 'utf8');
  expect(
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).answer2_id)
      .sort(),
  ).toEqual(['b', 'teacher']);
});

test('a pair that occurs twice is refused', async () => {
  await using server = await openAiServer({ reply: honest });
  const judge = judgeAt(server.base);
  await expect(judgePairs(judge, [pair('1', '9', '3'), pair('1', '9', '3')], { prompts })).rejects.toThrow(
    'each pair must occur once, found teacher and student of prompt 1 twice',
  );
});
