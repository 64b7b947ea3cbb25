import { describe, expect, test } from 'vitest';
import { ReasoningStream, splitReasoning } from '../../../src/conversation/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';

/** Streams a text in pieces of a length, and joins what comes. */
function streamed(text: string, length: number, opened = false) {
  const stream = new ReasoningStream({ opened });
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? [];
  const parts = [...pieces.map(piece => stream.add(piece)), stream.end()];
  const kept = parts.slice(
    Math.max(
      0,
      parts.findLastIndex(({ restarts }) => restarts),
    ),
  );
  return {
    content: kept.map(({ content }) => content).join(''),
    reasoning: kept.map(({ reasoning = '' }) => reasoning).join(''),
  };
}

describe('ReasoningStream', () => {
  test.each([
    '<think>2 and 2…</think>\n\n4',
    '\n <think>a</think><think>b</think>yes',
    'First. <think>b</think>Then.',
    '<Think time="3">a</THINK>yes',
    '<think>\n\n</think>\n\nyes',
    '<think>still at it',
    'Sure.\n<think>\nstill at it',
    '<think>write <think>x</think> there',
    '[THINK]a[/THINK]yes [1] and [B]',
    '◁think▷a◁/think▷yes',
    '<seed:think>a</seed:think>yes',
    '<reasoning>a</reasoning>yes',
    'analysisThe user asks.assistantfinalyes',
    'analysis of the final',
    '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>yes<|return|>',
    'No marks, but 1 < 2 and <b>bold</b>.\n',
    '  white space stays \n',
    'Write `<think>` and `</think>` around it.',
    'The <think> tag is not closed here.',
    '```xml\n<think>\na\n</think>\n```\nis how it looks.',
    // The prompt opened the reasoning, and whoever streams does not know.
    '2 and 2</think>\n\n4',
    '2 and\n2\n</think>\n\n4 <b>is</b> it </b>',
    '\nHm.[/THINK]4',
    '<think>a</think>b</think>c',
  ])('splits %j as if it were whole, in pieces of any length', text => {
    const { content, reasoning = '' } = splitReasoning(text);
    for (const length of [1, 2, 3, 5, 8, 100]) expect(streamed(text, length)).toEqual({ content, reasoning });
  });

  test('begins inside reasoning where the prompt ended with an opening mark', () => {
    for (const length of [1, 4, 100])
      expect(streamed('2 and 2</think>\n\n4', length, true)).toEqual({ content: '4', reasoning: '2 and 2' });
  });

  test('withdraws what it returned where a closing mark shows that it was reasoning', () => {
    const stream = new ReasoningStream();
    expect(stream.add('2 and 2')).toEqual({ content: '2 and 2' });
    expect(stream.add('</think>')).toEqual({ restarts: true, content: '', reasoning: '2 and 2' });
    expect(stream.add('\n\n4')).toEqual({ content: '4' });
    expect(stream.add(' is it')).toEqual({ content: ' is it' });
    expect(stream.end()).toEqual({ content: '' });
  });

  test('returns what is decided at once', () => {
    const stream = new ReasoningStream();
    expect(stream.add('Yes')).toEqual({ content: 'Yes' });
    expect(stream.add(', 1 <')).toEqual({ content: ', 1' });
    expect(stream.add(' 2.\n<thi')).toEqual({ content: ' < 2.' });
    expect(stream.add('nk>Hm')).toEqual({ content: '', reasoning: 'Hm' });
    expect(stream.end()).toEqual({ content: '' });
  });

  test('a block of any words before any answer is split wherever the pieces end', () => {
    const random = seededRandom('reasoning stream');
    const words = ['so', '1 < 2', '[x]', '`code`', 'the tag', '\n\n', '…', '>', 'T'];
    for (let round = 0; round < 200; round++) {
      const said = () =>
        Array.from({ length: 1 + random.integer(6) }, () => random.choose(words))
          .join(' ')
          .trim();
      const [thought, answer] = [said(), said()];
      const text = `<think>${thought}</think>${answer}`;
      expect(streamed(text, 1 + random.integer(7))).toEqual({ content: answer, reasoning: thought });
    }
  });

  test('any marks between any words are split as if the text were whole', () => {
    const random = seededRandom('marks');
    const words = ['so', ' ', '\n', '`', '<think>', '</think>', '[THINK]', '[/THINK]', '1 < 2', '<b>', 'yes'];
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: 1 + random.integer(8) }, () => random.choose(words)).join('');
      const { content, reasoning = '' } = splitReasoning(text);
      expect([text, streamed(text, 1 + random.integer(5))]).toEqual([text, { content, reasoning }]);
    }
  });
});
