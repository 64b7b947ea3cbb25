import { describe, expect, test } from 'vitest';
import { readAnswer, readFinishReason } from '../../../src/conversation/index.ts';

describe('readAnswer()', () => {
  test.each([
    ['a text', 'Yes.', 'stop', { text: 'Yes.', finish: 'stop' }],
    ['a text of nothing', '', 'stop', { text: '', finish: 'stop' }],
    ['a recorded text', 'Yes.', undefined, { text: 'Yes.', finish: 'unknown' }],
    ['a text that was cut', 'Yes, bec', 'length', { text: 'Yes, bec', finish: 'length' }],
    ['a message', { role: 'assistant', content: 'Yes.' }, 'end_turn', { text: 'Yes.', finish: 'stop' }],
    ['a refusal', { content: null, refusal: 'I cannot.' }, 'stop', { text: 'I cannot.', finish: 'refusal' }],
    [
      'a refusal in a part',
      { content: [{ type: 'refusal', refusal: 'I cannot.' }] },
      'stop',
      { text: 'I cannot.', finish: 'refusal' },
    ],
    ['a refusal by its reason', 'I cannot.', 'refusal', { text: 'I cannot.', finish: 'refusal' }],
    [
      'reasoning before it',
      '<think>Hm.</think>Yes.',
      'stop',
      { text: 'Yes.', reasoning: 'Hm.', finish: 'stop' },
    ],
  ])('reads %s', (_, said, finish, expected) => {
    expect(readAnswer(said, { finish })).toEqual(expected);
  });

  test.each([
    ['null', null, 'stop', 'no-answer'],
    ['null content', { content: null }, 'stop', 'no-answer'],
    [
      'a call of a tool',
      { content: null, tool_calls: [{ function: { name: 'w', arguments: '' } }] },
      'tool_calls',
      'no-answer',
    ],
    ['a filter', { content: null }, 'content_filter', 'filtered'],
    ['a filter that cut a text', { content: 'Yes, b' }, 'content_filter', 'filtered'],
    ['a filter of another API', null, 'SAFETY', 'filtered'],
    ['a refusal without words', { content: [] }, 'refusal', 'filtered'],
    ['an error', 'Yes, b', 'error', 'no-answer'],
  ])('takes %s for a failure', (_, said, finish, kind) => {
    expect(readAnswer(said, { finish })).toEqual({
      text: null,
      finish: 'error',
      error: { kind, message: expect.any(String) },
    });
  });

  test('takes a text of nothing for a failure where the model reasoned out of sight', () => {
    expect(readAnswer({ content: '' }, { finish: 'length', reasoned: true })).toMatchObject({
      text: null,
      error: { kind: 'no-answer', message: expect.stringContaining('cut by length') },
    });
    expect(readAnswer({ content: '' }, { finish: 'length' })).toEqual({ text: '', finish: 'length' });
  });

  test.each([
    ['in a field', { content: null, reasoning_content: 'Hm.' }, 'stop'],
    ['in a field, beside an empty text', { content: '', reasoning: 'Hm.' }, 'length'],
    ['in a block', '<think>Hm.</think>\n', 'stop'],
    ['in a block that was cut', '<think>Hm.', 'length'],
  ])('keeps reasoning alone, which is no answer, %s', (_, said, finish) => {
    expect(readAnswer(said, { finish })).toMatchObject({
      text: null,
      reasoning: 'Hm.',
      error: { kind: 'no-answer' },
    });
  });
});

test('readFinishReason() knows the names that APIs use', () => {
  const names = [
    'stop',
    'STOP',
    'end_turn',
    'eos_token',
    'max_tokens',
    'MAX_TOKENS',
    'tool_use',
    'clippy',
    null,
  ];
  expect(names.map(readFinishReason)).toEqual([
    ...['stop', 'stop', 'stop', 'stop', 'length', 'length', 'tool-calls'],
    ...[undefined, undefined],
  ]);
});
