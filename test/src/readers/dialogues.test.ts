import { expect, test } from 'vitest';
import { parseDialogues } from '../../../src/readers/index.ts';

const TURNS = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
];

test('turns are read from turns, messages or conversations, in lines, an array or one object', () => {
  const expected = [{ id: 'a', turns: TURNS }];
  const shared = [
    { from: 'human', value: 'Hi' },
    { from: 'gpt', value: 'Hello' },
  ];
  expect(parseDialogues(`${JSON.stringify({ id: 'a', turns: TURNS })}\n`, 'mine.jsonl')).toEqual(expected);
  expect(parseDialogues(JSON.stringify([{ id: 'a', messages: TURNS }]), 'mine.json')).toEqual(expected);
  expect(parseDialogues(JSON.stringify({ id: 'a', conversations: shared }), 'a.json')).toEqual(expected);
});

test('an instruction with its output is a dialogue of two turns, and the input is part of the query', () => {
  const rows = [
    { instruction: 'Sort', input: 'b a', output: 'a b' },
    { instruction: 'Greet', input: '', output: 'Hello' },
  ];
  expect(parseDialogues(JSON.stringify(rows), 'alpaca.json').map(({ turns }) => turns)).toEqual([
    [
      { role: 'user', content: 'Sort\n\nb a' },
      { role: 'assistant', content: 'a b' },
    ],
    [
      { role: 'user', content: 'Greet' },
      { role: 'assistant', content: 'Hello' },
    ],
  ]);
});

test('a row without an id is named by its place', () => {
  const row = JSON.stringify({ messages: TURNS });
  expect(parseDialogues(`${row}\n${row}\n`, 'mine.jsonl').map(({ id }) => id)).toEqual([
    'mine.jsonl:1',
    'mine.jsonl:2',
  ]);
});

test('what cannot be read is named with its place', () => {
  const read = (row: object) => () => parseDialogues(`${JSON.stringify(row)}\n`, 'mine.jsonl');
  expect(read({ id: 1 })).toThrow(
    'Cannot read mine.jsonl:1: a list of turns under turns, messages, conversations, conversation, instruction and output, or prompt and completion is required, found {"id":1}',
  );
  expect(read({ turns: [] })).toThrow('found []');
  expect(read({ turns: [{ role: 'clippy', content: 'Hi' }] })).toThrow(
    /^Cannot read mine\.jsonl:1 turn 1: .*clippy/,
  );
  expect(read({ turns: [{ role: 'user' }] })).toThrow('mine.jsonl:1 turn 1');
});

test('messages of every form are read by the one normaliser', () => {
  const row = {
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'How much is ' },
          { type: 'text', text: '1 + 1?' },
        ],
      },
      { role: 'assistant', content: '<think>One and one.</think>2' },
    ],
  };
  expect(parseDialogues(JSON.stringify(row), 'a.json')[0]?.turns).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How much is 1 + 1?' },
    { role: 'assistant', content: '2', reasoning: 'One and one.' },
  ]);
});

test('a prompt and its completion are turns, whether texts or messages', () => {
  const turns = [
    { role: 'user', content: 'Hi?' },
    { role: 'assistant', content: 'Yes.' },
  ];
  const rows = [
    { prompt: 'Hi?', completion: 'Yes.' },
    { prompt: turns.slice(0, 1), completion: turns.slice(1) },
    { prompt: turns.slice(0, 1), completion: 'Yes.' },
  ];
  const text = rows.map(row => JSON.stringify(row)).join('\n');
  expect(parseDialogues(text, 'mine.jsonl').map(dialogue => dialogue.turns)).toEqual([turns, turns, turns]);
});
