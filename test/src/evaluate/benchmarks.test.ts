import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GenerateRequest } from '../../../src/evaluate/index.ts';
import {
  buildRequest,
  cnnDm,
  gsm8k,
  loadGsm8k,
  loadNaturalQuestions,
  mmlu,
  naturalQuestions,
} from '../../../src/evaluate/index.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const wrote = (text: string) => ({ text, logprobs: [] });

/** Path of a file of one's own. */
async function file(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'benchmarks-')), name);
  await writeFile(path, text);
  return path;
}

describe('Natural Questions', () => {
  const items = [{ id: '1', question: 'who painted guernica', answers: ['Pablo Picasso', 'Picasso'] }];

  test('is asked in the words of Table 8', async () => {
    const nq = await naturalQuestions({ shots: 3, items });
    const { prompt, stop } = buildRequest(nq, items[0] as (typeof items)[0], 'raw') as GenerateRequest;
    expect(prompt).toMatch(
      /^You are a brief and concise question answering service .*Here are some examples/,
    );
    expect(prompt).toContain('Q: Who discovered the first antibiotic, penicillin\nA: Alexander Fleming\n\n');
    expect(prompt).toMatch(/using only one to two words at most\.\n\nQ: who painted guernica\nA:$/);
    expect(stop).toEqual(['\n']);
  });

  test('without examples does not mention examples, and a chat may begin with an empty line', async () => {
    const nq = await naturalQuestions({ shots: 0, items });
    const { score } = nq;
    const [item] = items;
    if (!item) throw new Error('there is an item');
    expect(buildRequest(nq, item, 'chat')).toEqual({
      prompt:
        'You are a brief and concise question answering service and only answer questions with a few words, usually just a single word.\n\n' +
        'Now answer this question using only one to two words at most.\n\nQ: who painted guernica\nA:',
      maxTokens: 32,
    });
    expect(await score(item, wrote('\n The picasso.\nIn 1937.'))).toEqual({ exact_match: 1 });
    expect(await score(item, wrote('In 1937, Picasso'))).toEqual({ exact_match: 0 });
  });

  test('names the line of what is no question', async () => {
    for (const row of ['{"question": "who"}', '{"question": "who", "answer": ["A", 1]}'])
      await expect(loadNaturalQuestions(await file('mine.jsonl', row))).rejects.toThrow(
        'Cannot read mine.jsonl:1: a question and a list of answers is required',
      );
  });

  test('NQ-open holds 3,610 questions', WITH_RECORDS, async () => {
    expect((await naturalQuestions()).items).toHaveLength(3610);
  });
});

describe('GSM8K', () => {
  test('takes the number after ####, and as a second metric the last one', WITH_RECORDS, async () => {
    const opened = await gsm8k();
    const { items, score } = opened;
    expect(items).toHaveLength(1319);
    const [ducks] = items;
    if (!ducks) throw new Error('there is an item');
    expect(ducks.answer).toBe('18');
    const { prompt, stop } = buildRequest(opened, ducks, 'raw') as GenerateRequest;
    expect(prompt.match(/^Q: /gm)).toHaveLength(7);
    expect(prompt).toMatch(/^Q: Natalia sold clips to 48 of her friends/);
    expect(prompt).toMatch(/\nA:$/);
    expect(stop).toEqual(['\nQ:', '\n\n']);
    expect(await score(ducks, wrote('16 - 3 - 4 = 9 eggs\n9 * 2 = $18\n#### 18'))).toEqual({
      exact_match: 1,
      flexible: 1,
    });
    expect(await score(ducks, wrote('She makes $18.'))).toEqual({ exact_match: 0, flexible: 1 });
    expect(await score(ducks, wrote('#### 18 dollars, not 20'))).toEqual({ exact_match: 1, flexible: 0 });
    expect(await score(ducks, wrote('no idea'))).toEqual({ exact_match: 0, flexible: 0 });
    const thousand = { id: 't', question: 'q', answer: '-1080.5' };
    expect(await score(thousand, wrote('#### -1,080.50'))).toEqual({ exact_match: 1, flexible: 1 });
  });

  test('takes an answer’s commas away, and names the line of what has none', async () => {
    const stated = await file('g.jsonl', '{"question": "q", "answer": "so\\n#### 1,080"}');
    expect(await loadGsm8k(stated)).toEqual([{ id: 'gsm8k-1', question: 'q', answer: '1080' }]);
    const none = await file('g.jsonl', '{"question": "q", "answer": "5"}');
    await expect(loadGsm8k(none)).rejects.toThrow('Cannot read g.jsonl:1');
  });
});

describe('MMLU', () => {
  test('is asked as lm-evaluation-harness does, 57 subjects in turn', WITH_RECORDS, async () => {
    const opened = await mmlu();
    const { items, score } = opened;
    expect(items).toHaveLength(14_042);
    expect(new Set(items.slice(0, 57).map(({ subject }) => subject)).size).toBe(57);
    const [algebra] = items;
    if (!algebra) throw new Error('there is an item');
    expect(algebra).toMatchObject({ id: 'abstract_algebra-test-1', answer: 1 });
    expect(buildRequest(opened, algebra, 'raw')).toEqual({
      prompt: expect.stringMatching(
        /^The following are multiple choice questions \(with answers\) about abstract algebra\.\n\nFind all c in Z_3 such that Z_3\[x\]\/\(x\^2 \+ c\) is a field\.\nA\. 0\nB\. 1\nC\. 2\nD\. 3\nAnswer: B\n\n[\s\S]*\nAnswer:$/,
      ),
      continuations: [' A', ' B', ' C', ' D'],
      missingLogprob: -100,
    });
    expect(await score(algebra, { text: '', logprobs: [-3, -1, -2, -4] })).toEqual({ acc: 1 });
    expect(await score(algebra, { text: '', logprobs: [-1, -3, -2, -4] })).toEqual({ acc: 0 });
  });

  test('takes subjects and a split, and knows the subjects', WITH_RECORDS, async () => {
    expect((await mmlu({ split: 'val', subjects: ['anatomy'] })).items).toHaveLength(14);
    await expect(mmlu({ subjects: ['alchemy'] })).rejects.toThrow(
      'Cannot ask MMLU about alchemy: its subjects are abstract_algebra',
    );
  });
});

describe('CNN/DailyMail', () => {
  const item = { id: '1', article: 'A {dog} barked.', highlights: 'The dog barked .' };

  test('is asked in the words of Table 9, and scored by ROUGE in percent', async () => {
    const opened = await cnnDm({ items: [item] });
    const { score } = opened;
    const { prompt } = buildRequest(opened, item, 'raw') as GenerateRequest;
    expect(prompt).toMatch(/^Article:\n\n\(CNN\)French striker/);
    expect(prompt).toMatch(/\n\nArticle:\n\nA \{dog\} barked\.\n\nTL;DR:$/);
    // "the dog" of "the dog barked": precision 1, recall 2/3; pairs 1 of 1 and 1 of 2.
    expect(await score(item, wrote('The dog'))).toEqual({
      rouge1: 80,
      rouge2: expect.closeTo(200 / 3, 9),
      rougeL: 80,
    });
  });

  test('1,000 articles are public', WITH_RECORDS, async () => {
    expect((await cnnDm()).items).toHaveLength(1000);
  });
});
