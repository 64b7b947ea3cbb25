import { expect, test } from 'vitest';
import {
  type Answers,
  answersFromRows,
  joinAnswers,
  parseAnswers,
  stringifyComparisonLines,
} from '../../../src/readers/index.ts';

const read = (name: string, ...rows: Record<string, unknown>[]): Answers => answersFromRows(rows, { name });
const join = (...files: Answers[]) => joinAnswers(files.map(answers => ({ id: answers.name, answers })));
const texts = ({ items }: ReturnType<typeof joinAnswers>) =>
  items.map(({ promptId, answers }) => [promptId, answers.a?.text, answers.b?.text]);

test('answers are joined by prompt id, in the order of the first file', () => {
  const joined = join(
    read('a', { id: 2, text: 'a2' }, { id: 1, text: 'a1' }),
    read('b', { id: 1, text: 'b1' }, { id: 2, text: 'b2' }),
  );
  expect(texts(joined)).toEqual([
    ['2', 'a2', 'b2'],
    ['1', 'a1', 'b1'],
  ]);
  expect(joined.unmatched).toEqual([]);
});

test('without common ids they are joined by the prompt’s text, white space and composition aside', () => {
  const joined = join(
    read('a', { id: 'x', prompt: 'Où est  le café ?\n', text: 'a' }),
    read('b', { prompt: 'Où est le cafe\u0301 ?', text: 'b' }),
  );
  expect(texts(joined)).toEqual([['x', 'a', 'b']]);
});

test('the same id with another text is another prompt, joined by its text', () => {
  const joined = join(
    read('a', { id: 1, prompt: 'Why?', text: 'a why' }, { id: 2, prompt: 'How?', text: 'a how' }),
    read('b', { id: 1, prompt: 'How?', text: 'b how' }, { id: 2, prompt: 'When?', text: 'b when' }),
  );
  expect(texts(joined)).toEqual([
    ['1', 'a why', undefined],
    ['2', 'a how', 'b how'],
    ['2 (2)', undefined, 'b when'],
  ]);
  expect(joined.unmatched).toEqual([
    { promptId: '1', missing: ['b'] },
    { promptId: '2 (2)', missing: ['a'] },
  ]);
});

test('two prompts of one text stay apart, whether the other file knows their ids or not', () => {
  const a = read('a', { id: 1, prompt: 'Hi', text: 'a1' }, { id: 2, prompt: 'Hi', text: 'a2' });
  const same = read('b', { id: 2, prompt: 'Hi', text: 'b2' }, { id: 1, prompt: 'Hi', text: 'b1' });
  const other = read('b', { id: 'x', prompt: 'Hi', text: 'b1' }, { id: 'y', prompt: 'Hi', text: 'b2' });
  const apart = [
    ['1', 'a1', 'b1'],
    ['2', 'a2', 'b2'],
  ];
  expect(texts(join(a, same))).toEqual(apart);
  expect(texts(join(a, other))).toEqual(apart);
  expect(join(a, other).duplicates).toEqual([]);
});

test('a failed call is missing with its reason, an absent answer without one, and neither is an answer', () => {
  const joined = join(
    read('a', { id: 1, text: 'a1' }, { id: 2, text: 'a2' }),
    read('b', { id: 1, text: null, error: 'timeout after 30 s' }),
  );
  expect(joined.unmatched).toEqual([
    { promptId: '1', missing: ['b'], reason: 'timeout after 30 s' },
    { promptId: '2', missing: ['b'] },
  ]);
  expect(joined.items[0]?.answers.b).toBeUndefined();
});

test('of two answers by one model the first that did not fail is kept, and the other reported', () => {
  const joined = join(
    read('a', { id: 1, text: 'first' }, { id: 1, text: 'second' }),
    read('b', { id: 1, text: null, error: 'timeout' }, { id: 1, text: 'retried' }),
  );
  expect(texts(joined)).toEqual([['1', 'first', 'retried']]);
  expect(joined.duplicates).toEqual([
    { promptId: '1', answer: 'a' },
    { promptId: '1', answer: 'b' },
  ]);
  expect(joined.unmatched).toEqual([]);
});

test('prompts bring text and category to answers that know the id alone, and list what nobody answered', () => {
  const columns = [{ id: 'a', answers: read('a', { id: 1, text: 'a1' }) }];
  const joined = joinAnswers(columns, [
    { id: '1', text: 'Why?', category: 'generic', source: 'questions' },
    { id: '2', text: 'How?', source: 'questions' },
  ]);
  expect(joined.items.map(({ prompt }) => prompt?.text)).toEqual(['Why?', 'How?']);
  expect(joined.unmatched).toEqual([{ promptId: '2', missing: ['a'] }]);
});

test('an id that is a name of Object.prototype is an id like any other', () => {
  const joined = join(read('a', { id: '__proto__', text: 'a' }), read('b', { id: '__proto__', text: 'b' }));
  expect(texts(joined)).toEqual([['__proto__', 'a', 'b']]);
});

test('prompts whose text a comparison does not know are not taken for one another', () => {
  const text = stringifyComparisonLines({
    version: 1,
    answers: [{ id: 'm', label: 'm', role: 'other' }],
    items: ['1', '2'].map(promptId => ({ promptId, prompt: '', answers: { m: { text: `b${promptId}` } } })),
  });
  const joined = join(
    read('a', { id: 2, prompt: 'How?', text: 'a2' }, { id: 3, prompt: 'Why?', text: 'a3' }),
    { ...parseAnswers(text, { name: 'x.compare.jsonl' }), name: 'b' },
  );
  expect(texts(joined)).toEqual([
    ['2', 'a2', 'b2'],
    ['3', 'a3', undefined],
    ['1', undefined, 'b1'],
  ]);
});
