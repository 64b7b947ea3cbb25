import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../../../src/data/index.ts';
import { parsePairReply, parseReviews } from '../../../../src/readers/index.ts';
import { seededRandom } from '../../../../src/stats/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';

describe('two scores are read', () => {
  test.each<[string, readonly [number, number]]>([
    // On the first line, as Vicuna's prompt asks for.
    ['8 7', [8, 7]],
    ['8 7\nBoth are clear.', [8, 7]],
    ['\n\n 7.5, 10 \n\nSince it is so.', [7.5, 10]],
    ['8 7\r\nBoth are clear.\r\n', [8, 7]],
    ['**8 7**\n\nBoth.', [8, 7]],
    ['__8 7__', [8, 7]],
    ['`8 7`', [8, 7]],
    ['# 8 7', [8, 7]],
    ['> 8 7', [8, 7]],
    ['8 7.\nBoth.', [8, 7]],
    ['8/10 6/10\nBoth.', [8, 6]],
    ['8/10, 6/10', [8, 6]],
    ['8 / 10 and 6 / 10', [8, 6]],
    ['8 out of 10, 6 out of 10', [8, 6]],
    ['8 vs. 7', [8, 7]],
    ['8 | 7', [8, 7]],
    ['8; 7', [8, 7]],
    ['[8, 7]', [8, 7]],
    ['(8, 7)', [8, 7]],
    ['[[8]] [[7]]', [8, 7]],
    ['Scores: 8 7\nBoth.', [8, 7]],
    ['**Scores:** 8, 7.', [8, 7]],
    ['Final scores: 8 and 7', [8, 7]],
    ['The scores are 8 and 7.', [8, 7]],
    ['Scores for Assistant 1 and Assistant 2: 8 7', [8, 7]],
    ['Scores for Assistants 1 and 2: 8, 7', [8, 7]],
    ['Ratings = (8, 7)', [8, 7]],
    ['８ ７', [8, 7]],
    // After an explanation.
    ['In 2019 both were right, with 3 and 4 reasons.\n\n8 7', [8, 7]],
    ['f(2) = 33, not (39).\n\nOutput: (10, 2.5).', [10, 2.5]],
    ['Between (4, -2) and (10, 4) lie 8.5.\n\n(9, 1)\n', [9, 1]],
    ['It holds.\n\n(9, 1)\n\nAssistant 1 is better, since f(9, 2) is 3.', [9, 1]],
    ['It holds.\n\nThe output tuple is (9, 1).\n\nAssistant 1 is better.', [9, 1]],
    ['It holds.\n8 7\nAssistant 1 is better.', [8, 7]],
    ['It holds.\n```python\n(9, 1)\n```', [9, 1]],
    ['It holds.\n\n$\\boxed{8, 7}$', [8, 7]],
    // Of a first line that is none, the next.
    ['1999 2024\n8 7', [8, 7]],
    // With a label.
    ['Assistant 1: 8\nAssistant 2: 7', [8, 7]],
    ['Assistant 2: 7\nAssistant 1: 8', [8, 7]],
    ['Assistant A: 8, Assistant B: 7', [8, 7]],
    ['Assistant 1: 8 Assistant 2: 7', [8, 7]],
    ['**Assistant 1:** 8/10\n**Assistant 2:** 7/10', [8, 7]],
    ['- Assistant 1: 8\n- Assistant 2: 7.', [8, 7]],
    ['1. Assistant 1: 8\n2. Assistant 2: 7', [8, 7]],
    ["Assistant 1's score: 8\nAssistant 2’s score: 7", [8, 7]],
    ['Score for Assistant 1: 8\nScore for Assistant 2: 7', [8, 7]],
    ['Assistant 1 score: 8\nAssistant 2 score: 7', [8, 7]],
    ['Assistant 1: Score: 8\nAssistant 2: Score: 7', [8, 7]],
    ['Assistant 1 - 8\nAssistant 2 – 7', [8, 7]],
    ['Assistant 1 (8/10): clear.\nAssistant 2 (7/10): less so.', [8, 7]],
    ['Assistant 1: 8/10 – clear and complete\nAssistant 2: 7/10, less so', [8, 7]],
    [
      'Scores:\nAssistant 1: 10 (correct (nearly) process)\nAssistant 2: 4 (incorrect)\n\nThe first is better.',
      [10, 4],
    ],
    ['Scores: Assistant 1: 10, Assistant 2: 9\n\nBoth are good.', [10, 9]],
    ['Scores: (Assistant 1: 4, Assistant 2: 10)', [4, 10]],
    ['Model A: 8\nModel B: 7', [8, 7]],
    ['Response 1: 8\nResponse 2: 7', [8, 7]],
    ['A: 8\nB: 7', [8, 7]],
    ['Assistant 1: 8 points\nAssistant 2: 7 points', [8, 7]],
    ['### Assistant 1\nIt is clear.\nScore: 8/10\n\n### Assistant 2\nIt is not.\nScore: 7/10', [8, 7]],
    ['| Assistant | Score |\n|---|---|\n| Assistant 1 | 8 |\n| Assistant 2 | 7 |', [8, 7]],
    ['| Assistant 1 | Assistant 2 |\n|:-:|:-:|\n| 8 | 7 |', [8, 7]],
    ['First I thought:\nAssistant 1: 3\nAssistant 2: 3\nThen:\nAssistant 1: 8\nAssistant 2: 7', [8, 7]],
    // JSON.
    ['{"assistant_1": 8, "assistant_2": 7}', [8, 7]],
    ['```json\n{"Assistant 1": {"score": 8}, "Assistant 2": {"score": 7}}\n```\nBoth.', [8, 7]],
    ['Here it is: {"scores": [8, 7.5], "reason": "clear"}', [8, 7.5]],
    ['{"score_1": "8/10", "score_2": "7/10"}', [8, 7]],
    ['{"A": 8, "B": 7}', [8, 7]],
    // After reasoning, which is not read.
    ['<think>Perhaps 3 4\n3 4</think>\n8 7', [8, 7]],
    ['Perhaps\n3 4\n</think>\n\n8 7', [8, 7]],
  ])('%j', (reply, scores) => {
    expect(parsePairReply(reply)).toEqual(scores);
  });
});

describe('a verdict is read as points', () => {
  test.each<[string, readonly [number, number]]>([
    ['[[A]]', [1, 0]],
    ['Both are fine, but the second is better. [[B]]', [0, 1]],
    ['My final verdict is: [[C]]', [0.5, 0.5]],
    ['[[Tie]]', [0.5, 0.5]],
    ['[[A>>B]]', [1, 0]],
    ['[[B>A]]', [0, 1]],
    ['[[A<B]]', [0, 1]],
    ['[[A=B]]', [0.5, 0.5]],
    ['I must say [[A]] or [[B]].\r\nFinal: [[B]]\r\n', [0, 1]],
    ['It is clear.\n\n**Winner: Assistant A**', [1, 0]],
    ['Verdict: tie.', [0.5, 0.5]],
    ['Better answer: Assistant 2', [0, 1]],
    ['B\n\nIt is clear.', [0, 1]],
    ['{"winner": "model_b", "reason": "clear"}', [0, 1]],
    ['{"winner": "tie"}', [0.5, 0.5]],
  ])('%j', (reply, points) => {
    expect(parsePairReply(reply)).toEqual(points);
    expect(parsePairReply(reply, { form: 'verdict' })).toEqual(points);
  });

  test('the form that was asked for comes first', () => {
    const reply = '8 7\nStill, [[B]]';
    expect(parsePairReply(reply)).toEqual([8, 7]);
    expect(parsePairReply(reply, { form: 'verdict' })).toEqual([0, 1]);
  });
});

describe('what is no score is unread', () => {
  test.each([
    '',
    'Both are fine.',
    'I cannot tell.',
    '8',
    '8 9 10\nBoth.',
    'I give 8 to the first and 7 to the second.',
    'Assistant 1 gets 8 and Assistant 2 gets 7.',
    'The first scores 8, 7 of them for style.',
    'The line ends at (3, 4).',
    'The point is (3, 4)',
    'So the answer is the pair (8, 7), and no other.',
    'f(8, 7)',
    'max(8, 7)',
    'It holds, since g(8, 7).',
    'print((8, 7))',
    'score(8, 7)',
    'In 2019 2020 was far.',
    '2019 2020',
    '1999, 2024',
    'Assistant 1: 2019\nAssistant 2: 2020',
    '12 8\nBoth.',
    '0 9\nThe first is empty.',
    '8 11',
    '8/5 6/5',
    '8/100 6/100',
    '80% 70%',
    '-8 -7',
    '8 -7',
    '(4, -2)',
    '8.5.1 7',
    '1 2\n3 4\nare the rows of the matrix.\nBoth are right.'.replace('1 2\n', 'It is\n1 2\n'),
    'Assistant 1: 8',
    'Assistant 1: 8\nAssistant 1: 7',
    'Assistant 1: 3 reasons are given\nAssistant 2: 4 reasons are given',
    'Assistant 1: 5, which is wrong\nAssistant 2: 7, which is right',
    '{"scores": [8]}',
    '{"scores": [80, 70]}',
    '{"assistant_1": 8',
    '<think>8 7</think>',
    '<think>8 7',
    'A good answer\nB is worse',
    '[[D]]',
    '[[7]]',
    'Rating: [[7]]',
  ])('%j', reply => {
    expect(parsePairReply(reply)).toBeNull();
    expect(parsePairReply(reply, { form: 'verdict' })).toBeNull();
  });
});

test('a scale other than 1 to 10 bounds scores and what they are out of', () => {
  const of = (reply: string, low: number, high: number) => parsePairReply(reply, { scale: { low, high } });
  expect(of('85 70', 0, 100)).toEqual([85, 70]);
  expect(of('85/100 70/100', 0, 100)).toEqual([85, 70]);
  expect(of('0 5', 0, 5)).toEqual([0, 5]);
  expect(of('4/5 2/5', 1, 5)).toEqual([4, 2]);
  expect(of('4/10 2/10', 1, 5)).toBeNull();
  expect(of('8 7', 1, 5)).toBeNull();
  expect(of('2019 2020', 0, 100)).toBeNull();
  expect(of('{"a": 0.5, "b": 1}', 0, 1)).toEqual([0.5, 1]);
});

describe('of any reply', () => {
  const random = seededRandom('judge replies');
  const WORDS =
    'Assistant answer the is a better than since it gives reasons of in points and scores rate would first second clear with at'.split(
      ' ',
    );
  const words = (count: number) => Array.from({ length: count }, () => random.choose(WORDS));
  /** A sentence of random words with numbers inside, a word on either side of each. */
  const sentence = () => {
    const number = () =>
      random.choose([
        `${random.integer(11)}`,
        `(${random.integer(11)}, ${random.integer(11)})`,
        `${1900 + random.integer(130)}`,
        `f(${random.integer(11)}, ${random.integer(11)})`,
        `${random.integer(11)} ${random.integer(11)}`,
        `${random.integer(11)}/10`,
      ]);
    const parts = Array.from({ length: 1 + random.integer(3) }, () => [
      ...words(2 + random.integer(3)),
      number(),
    ]);
    return `So ${[...parts.flat(), ...words(2)].join(' ')}, I think.`;
  };

  test('a number within prose never reads as a score', () => {
    for (let i = 0; i < 3000; i++) {
      const reply = Array.from({ length: 1 + random.integer(4) }, sentence).join(
        random.choose(['\n', ' ', '\n\n']),
      );
      expect([reply, parsePairReply(reply)]).toEqual([reply, null]);
    }
  });

  test('prose around a line of scores changes nothing', () => {
    for (let i = 0; i < 1000; i++) {
      const scores = [1 + random.integer(10), 1 + random.integer(10)];
      const line = random.choose([
        scores.join(' '),
        `**${scores.join(', ')}**`,
        `(${scores.join(', ')})`,
        `Scores: ${scores.join(' ')}.`,
        scores.map(score => `${score}/10`).join(' '),
      ]);
      const reply = random.choose([
        `${line}\n${sentence()}`,
        `${sentence()}\n\n${line}`,
        `${sentence()}\r\n${line}\r\n${sentence()}`,
      ]);
      expect([reply, parsePairReply(reply)]).toEqual([reply, scores]);
    }
  });

  test('scores outside the scale are never read, in whatever form', () => {
    for (let i = 0; i < 1000; i++) {
      const inside = 1 + random.integer(5);
      const outside = random.choose([0, 6 + random.integer(100), 1900 + random.integer(200)]);
      const [a, b] = random.shuffle([inside, outside]);
      const reply = random.choose([
        `${a} ${b}`,
        `(${a}, ${b})`,
        `Assistant 1: ${a}\nAssistant 2: ${b}`,
        `{"assistant_1": ${a}, "assistant_2": ${b}}`,
        `Scores: ${a} ${b}`,
      ]);
      expect([reply, parsePairReply(reply, { scale: { low: 1, high: 5 } })]).toEqual([reply, null]);
    }
  });

  test('a hostile reply takes no longer than its length', () => {
    for (const part of ['Assistant 1: ', '(', '{', '[[', '<think>', 'score score ', '8 ', '```\n', '((((8, '])
      expect(parsePairReply(part.repeat(20_000))).toBeNull();
  });
});

test(
  'GPT-4’s published reviews: all but 27 of 6,800 are read, 6,715 of them as they were published',
  WITH_RECORDS,
  async () => {
    const counts = { reviews: 0, unread: 0, same: 0, other: 0, readHereAlone: 0 };
    for (const { text, name } of await loadTexts(['fastchat-reviews', 'qlora/scores/*'])) {
      for (const { text: said, scores } of parseReviews(text, name)) {
        const found = parsePairReply(said);
        counts.reviews++;
        if (found === null) counts.unread++;
        else if (scores === null) counts.readHereAlone++;
        else counts[String(found) === String(scores) ? 'same' : 'other']++;
      }
    }
    // The two others say 4 where 2 was published. Of the unread 15 give a 0, which is not on the scale.
    expect(counts).toEqual({ reviews: 6800, unread: 27, same: 6715, other: 2, readHereAlone: 56 });
  },
);
