import { from } from 'arquero';
import { describe, expect, test } from 'vitest';
import { errorRates, pickItems, sentenceTable } from '../../../src/compare/index.ts';
import type { Comparison, SentenceLabel, Truth } from '../../../src/schema.ts';
import { wilson } from '../../../src/stats/index.ts';

/** Labels of an answer's words. */
function labels(promptId: string, model: string, text: string, truths: readonly Truth[]): SentenceLabel[] {
  let end = 0;
  return truths.map((label, index) => {
    const quote = text.split(' ')[index] ?? '';
    const start = text.indexOf(quote, end);
    end = start + quote.length;
    return { promptId, model, start, end, quote, label, annotator: 'me', source: 'human' };
  });
}

const comparison: Comparison = {
  version: 1,
  title: 'Whole',
  answers: [
    { id: 'a', label: 'Teacher', role: 'teacher' },
    { id: 'b', label: 'Student', role: 'imitation' },
  ],
  metrics: [{ name: 'confidence', unit: '%' }],
  items: [
    {
      promptId: '1',
      prompt: 'One?',
      category: 'QA',
      tags: ['topic: rivers', 'topic: towns', 'hard'],
      answers: { a: { text: 'Yes. No.' }, b: { text: 'No. No. Oh.', metrics: { confidence: 90 } } },
      labels: [
        ...labels('1', 'a', 'Yes. No.', ['correct', 'correct']),
        ...labels('1', 'b', 'No. No. Oh.', ['incorrect', 'incorrect', 'ambiguous']),
      ],
    },
    {
      promptId: '2',
      prompt: 'Two?',
      tags: ['topic: towns'],
      answers: { a: { text: 'Yes.' }, b: { text: 'Yes. No.', metrics: { confidence: 40 } } },
      labels: [
        ...labels('2', 'a', 'Yes.', ['correct']),
        ...labels('2', 'b', 'Yes. No.', ['correct', 'incorrect']),
      ],
    },
  ],
};

describe('a table of labelled sentences', () => {
  test('has a row a label, with the metrics of its answer and the named tags of its prompt', () => {
    const table = sentenceTable(comparison);
    expect(table.numRows()).toBe(8);
    expect(table.objects()[2]).toEqual({
      ...{ promptId: '1', prompt: 'One?', category: 'QA', answer: 'Student', role: 'imitation' },
      ...{ sentence: 'No.', label: 'incorrect', start: 0, confidence: 90, topic: 'rivers, towns' },
    });
    expect(table.objects()[5]).toMatchObject({ category: null, confidence: null, topic: 'towns' });
  });
});

describe('error rates', () => {
  const table = sentenceTable(comparison);

  test('count sentences that can be checked, slice by slice', () => {
    const rates = errorRates(table, ['answer']);
    expect(rates.map(({ answer, value, n, answers }) => [answer, value, n, answers])).toEqual([
      ['Teacher', 0, 3, 2],
      ['Student', 3 / 4, 4, 2],
    ]);
    expect(errorRates(table, ['topic', 'answer']).map(({ topic, answer, n }) => [topic, answer, n])).toEqual([
      ['rivers, towns', 'Teacher', 2],
      ['rivers, towns', 'Student', 2],
      ['towns', 'Teacher', 1],
      ['towns', 'Student', 2],
    ]);
  });

  test('have Wilson’s interval where each answer has one sentence, else one that draws whole answers', () => {
    const [single] = errorRates(
      table.filter(row => row.promptId === '2' && row.role === 'teacher'),
      ['answer'],
    );
    expect(single).toMatchObject({ value: 0, ...wilson(0, 1) });
    // Of two answers, drawn with replacement, the worst is 2 of 2 wrong and the best 1 of 2.
    const student = errorRates(table, ['answer'])[1];
    expect(student).toMatchObject({ low: 0.5, high: 1 });
  });

  test('need the columns that they count by', () => {
    expect(() => errorRates(table, ['shape'])).toThrow(
      'Cannot count errors: a column shape is required, found',
    );
    expect(errorRates(from([{ promptId: '1', answer: 'a', label: 'ambiguous' }]), ['answer'])).toEqual([]);
  });
});

describe('picked items', () => {
  test('are those of the table, in its order', () => {
    const wrong = sentenceTable(comparison).filter(row => row.label === 'incorrect');
    const picked = pickItems(comparison, wrong.orderby('confidence'), 'Wrong');
    expect(picked.title).toBe('Wrong');
    expect(picked.items.map(({ promptId }) => promptId)).toEqual(['2', '1']);
    expect(picked.items[0]).toBe(comparison.items[1]);
  });

  test('must be there', () => {
    expect(() => pickItems(comparison, from([{ promptId: '9' }]))).toThrow(
      'Cannot pick items: the comparison has no prompt "9"',
    );
    expect(() => pickItems(comparison, from([{ id: '1' }]))).toThrow(
      'a column promptId is required, found id',
    );
  });
});
