import { describe, expect, test } from 'vitest';
import { lastExchange, MessageError, readMessage } from '../../../src/conversation/index.ts';

describe('readMessage()', () => {
  test.each([
    ['user', ['user', 'human', 'Human', 'prompter', 'USER:']],
    ['assistant', ['assistant', 'gpt', 'chatgpt', 'gpt-4', 'GPT-3.5-turbo', 'bot', 'model', 'bard', 'bing']],
    ['system', ['system', 'developer']],
    ['tool', ['tool', 'function', 'observation', 'tool_response', 'ipython']],
  ])('knows the names of the %s', (role, names) => {
    expect(names.map(from => readMessage({ from, value: 'x' }).role)).toEqual(names.map(() => role));
  });

  test.each([
    ['ours', { role: 'user', content: 'Hi' }],
    ['ShareGPT’s', { from: 'human', value: 'Hi' }],
    [
      'parts',
      {
        role: 'user',
        content: [
          { type: 'text', text: 'H' },
          { type: 'input_text', text: 'i' },
        ],
      },
    ],
    ['Gemini’s', { role: 'user', parts: [{ text: 'Hi' }] }],
    ['ChatGPT’s export', { author: { role: 'user' }, content: { content_type: 'text', parts: ['Hi'] } }],
  ])('reads the text of %s', (_, message) => {
    expect(readMessage(message)).toEqual({ role: 'user', content: 'Hi' });
  });

  test.each([
    ['reasoning_content', { content: 'Yes.', reasoning_content: 'Hm.' }],
    ['reasoning', { content: '\n\nYes.', reasoning: 'Hm.' }],
    ['thinking', { content: 'Yes.', thinking: 'Hm.' }],
    ['marks', { content: '<think>Hm.</think>\nYes.' }],
    [
      'a part',
      {
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: 'Yes.' },
        ],
      },
    ],
    [
      'a part of parts',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
          { type: 'text', text: 'Yes.' },
        ],
      },
    ],
    [
      'inspect_ai’s part',
      {
        content: [
          { type: 'reasoning', reasoning: 'Hm.' },
          { type: 'text', text: 'Yes.' },
        ],
      },
    ],
  ])('keeps the reasoning of %s apart', (_, message) => {
    expect(readMessage({ role: 'assistant', ...message })).toEqual({
      role: 'assistant',
      content: 'Yes.',
      reasoning: 'Hm.',
    });
  });

  test('takes what a user writes as it is', () => {
    const content = '<think>Is that a tag?</think>';
    expect(readMessage({ role: 'user', content })).toEqual({ role: 'user', content });
  });

  test('keeps calls of tools as such', () => {
    const call = { id: '1', type: 'function', function: { name: 'w', arguments: '{}' } };
    const expected = { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'w', arguments: '{}' }] };
    expect(readMessage({ role: 'assistant', content: null, tool_calls: [call] })).toEqual(expected);
    expect(
      readMessage({ role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'w', input: {} }] }),
    ).toEqual(expected);
    expect(readMessage({ from: 'function_call', value: '{"name": "w"}' })).toEqual({
      role: 'assistant',
      content: '',
      toolCalls: [{ name: '', arguments: '{"name": "w"}' }],
    });
  });

  test('takes a refusal for the content', () => {
    expect(readMessage({ role: 'assistant', content: null, refusal: 'I cannot.' }).content).toBe('I cannot.');
  });

  test.each([
    [
      'an unknown speaker',
      { role: 'clippy', content: 'Hi' },
      'the role of a user, an assistant, a system or a tool',
    ],
    ['no content', { role: 'user' }, 'a message with a content'],
    [
      'a picture',
      { role: 'user', content: [{ type: 'image_url', image_url: {} }] },
      'a content of parts of type',
    ],
    ['a text', 'Hi', 'a message with a role and a content'],
  ])('refuses %s', (_, message, rule) => {
    expect(() => readMessage(message)).toThrow(MessageError);
    expect(() => readMessage(message)).toThrow(rule);
  });
});

describe('lastExchange()', () => {
  const said = (...turns: [string, string][]) =>
    turns.map(([role, content]) => readMessage({ role, content }));

  test('is the last question, with the turns before it, and the answer', () => {
    const turns = said(
      ['system', 'S'],
      ['user', 'q1'],
      ['assistant', 'a1'],
      ['user', 'q2'],
      ['assistant', 'a2'],
    );
    expect(lastExchange(turns)).toEqual({ history: turns.slice(0, 3), prompt: 'q2', answer: turns[4] });
  });

  test('passes over calls of tools', () => {
    const turns = [
      readMessage({ role: 'user', content: 'weather?' }),
      readMessage({
        role: 'assistant',
        content: null,
        tool_calls: [{ function: { name: 'w', arguments: '{}' } }],
      }),
      readMessage({ role: 'tool', content: 'sunny' }),
      readMessage({ role: 'assistant', content: 'Sunny.' }),
    ];
    expect(lastExchange(turns)?.answer.content).toBe('Sunny.');
    expect(lastExchange(turns.slice(0, 3))).toBeUndefined();
  });

  test('is none without an answer', () => {
    expect(lastExchange(said(['user', 'q']))).toBeUndefined();
    expect(lastExchange(said(['user', 'q'], ['assistant', 'a'], ['user', 'q2']))).toBeUndefined();
    expect(lastExchange(said(['assistant', 'a']))).toBeUndefined();
    expect(lastExchange(said(['user', 'q'], ['assistant', '<think>hm']))).toBeUndefined();
  });
});
