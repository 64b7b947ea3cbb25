import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { diversity, leakage, nearestTexts } from '../../../src/data/index.ts';
import type { Progress } from '../../../src/runs/index.ts';
import { TOKENIZER_NAMES } from '../../../src/schema.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { bleu, nearestByBleu, ngramIndex } from '../../../src/text/index.ts';

/** Queries of 3 to 12 words, some of them frequent; enough that threads search. */
function drawnQueries(count: number): string[] {
  const { integer, next } = seededRandom('queries');
  const word = () => `w${Math.floor(Math.exp(next() * 7))}`;
  return Array.from({ length: count }, () => Array.from({ length: 3 + integer(10) }, word).join(' '));
}

describe('diversity', () => {
  it('is the mean BLEU with the most similar other query', async () => {
    const { n, value, nearest } = await diversity(['a b c d', 'a b c d', 'a b x y', 'z']);
    // The third: 2/4 words, 1/3 pairs, half of 2 triples, a quarter of 1; the last has nothing in common.
    const third = 100 * ((2 / 4) * (1 / 3) * (1 / 4) * (1 / 4)) ** (1 / 4);
    expect(n).toBe(4);
    expect(value).toBeCloseTo((100 + 100 + third + 0) / 4, 10);
    expect([...nearest]).toEqual([1, 0, expect.any(Number), -1]);
  });

  it('has no value for fewer than two queries', async () => {
    expect(await diversity(['alone'])).toMatchObject({ n: 1, value: null });
    expect(await diversity([])).toMatchObject({ n: 0, value: null });
  });

  it('is the same in threads as without, and reports progress to the end', async () => {
    const queries = drawnQueries(1500);
    const find = nearestByBleu(ngramIndex(queries));
    const alone = queries.map((_, i) => find(i));
    const reports: Progress[] = [];
    const { scores, nearest } = await diversity(queries, {
      threads: 2,
      onProgress: report => reports.push(report),
    });
    expect([...scores]).toEqual(alone.map(found => found.bleu));
    expect([...nearest]).toEqual(alone.map(found => found.index));
    expect(reports[0]).toMatchObject({ done: 0, total: 1500, unit: 'queries' });
    expect(reports.at(-1)).toMatchObject({ done: 1500, total: 1500 });
  });

  it('stops when its signal is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const options = { threads: 2, signal: controller.signal };
    const searching = diversity(drawnQueries(20_000), options);
    controller.abort(reason);
    await expect(searching).rejects.toBe(reason);
    await expect(diversity(['a', 'b'], options)).rejects.toBe(reason);
  });

  it('searches in a process whose flags no worker takes', async () => {
    const library = new URL('../../../dist/data/index.js', import.meta.url);
    const program = `import { diversity } from '${library}';
      console.log((await diversity(Array.from({ length: 1200 }, (_, i) => 'same ' + (i >> 1)))).value)`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(Number(stdout)).toBeCloseTo(100, 9);
  });

  it('refuses a number of threads that is none', async () => {
    await expect(diversity([], { threads: 0 })).rejects.toThrow('at least 1 thread is required, found 0');
  });
});

describe('leakage', () => {
  const training = ['Name three fruits that are red.', 'Write a poem about the sea.'];

  it('drops the test queries that score more than 20 against any training query', async () => {
    const test = [
      'Name three fruits that are green.',
      'What is the capital of Peru?',
      'Write a poem about the sea.',
    ];
    const { n, kept, dropped } = await leakage(test, training);
    expect(n).toBe(3);
    expect(kept).toEqual([1]);
    expect(dropped).toEqual([
      { index: 0, nearest: 0, bleu: expect.closeTo(bleu(test[0] ?? '', training[0] ?? ''), 10) },
      { index: 2, nearest: 1, bleu: expect.closeTo(100, 10) },
    ]);
  });

  it('keeps a query at the limit', async () => {
    const query = 'Name three fruits that are green.';
    const limit = bleu(query, training[0] ?? '');
    expect((await leakage([query], training, { limit })).kept).toEqual([0]);
    expect((await leakage([query], training, { limit: limit - 0.001 })).kept).toEqual([]);
  });

  it('takes a test set for its own training set without exempting a query from itself', async () => {
    expect((await leakage(training, training)).kept).toEqual([]);
  });

  it('refuses a limit that is no percentage', async () => {
    await expect(leakage([], [], { limit: 101 })).rejects.toThrow('found 101');
  });
});

describe('nearestTexts', () => {
  it('searches in threads for many queries among other texts', async () => {
    const queries = drawnQueries(1200);
    const references = drawnQueries(1300).slice(1000);
    const { scores, nearest } = await nearestTexts(queries, references, { threads: 2 });
    const find = nearestByBleu(ngramIndex(queries, references));
    expect([...scores]).toEqual(queries.map((_, i) => find(i).bleu));
    expect([...nearest].every(index => index < references.length)).toBe(true);
  });
});

describe('queries in scripts without spaces', () => {
  it.each([
    ['Chinese', '请解释什么是光合作用的原理', '请解释什么是呼吸作用的原理'],
    ['Chinese, one character', '你知道北京今天的天气吗？', '你知道南京今天的天气吗？'],
    ['Japanese', '東京で一番おいしいラーメン屋はどこですか', '京都で一番おいしいラーメン屋はどこですか'],
    ['Thai', 'เมืองหลวงของประเทศไทยคืออะไร', 'เมืองหลวงของประเทศลาวคืออะไร'],
    ['Korean', '대한민국의 수도는 어디인가요?', '대한민국의 수도는 어디입니까?'],
    ['Arabic', 'ما هي عاصمة جمهورية فرنسا؟', 'ما هي عاصمة جمهورية مصر؟'],
    ['mixed', 'Python中如何reverse一个list？', 'Python中怎样reverse一个list?'],
  ])('%s: one that differs a little is found, an unrelated one is not', async (_, query, alike) => {
    const training = [
      'Wie spät ist es?',
      '今晚我们去看电影',
      '昨日は雨',
      'ฝนตกหนักมาก',
      '밥을 먹었다',
      'كتبت رسالة طويلة',
      alike,
    ];
    const { dropped } = await leakage([query], training);
    expect(dropped).toMatchObject([{ index: 0, nearest: training.length - 1 }]);
    expect((await leakage([query], training.slice(0, -1))).dropped).toEqual([]);
    const { nearest, value } = await diversity([...training, query]);
    expect(nearest[training.length]).toBe(training.length - 1);
    expect(value).toBeGreaterThan(0);
  });

  it('are found by the score of the tokenizer that is named', async () => {
    const [query, other] = ['请解释什么是光合作用', '请解释什么是呼吸作用'] as const;
    for (const tokenizer of TOKENIZER_NAMES) {
      const { scores } = await diversity([query, other], { tokenizer });
      expect(scores[0]).toBeCloseTo(bleu(query, other, { tokenizer }), 9);
    }
    expect((await diversity([query, other], { tokenizer: '13a' })).value).toBe(0);
  });
});
