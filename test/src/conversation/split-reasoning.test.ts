import { describe, expect, test } from 'vitest';
import { closeReasoning, endsInReasoning, splitReasoning } from '../../../src/conversation/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';

describe('splitReasoning()', () => {
  test.each([
    ['a block before the answer', '<think>2 and 2…</think>\n\n4', '4', '2 and 2…'],
    ['several blocks', '<think>a</think><think>b</think>yes', 'yes', 'a\n\nb'],
    ['a block within the answer', 'First. <think>b</think>Then.', 'First. Then.', 'b'],
    ['another case, and attributes', '<Think time="3">a</THINK>yes', 'yes', 'a'],
    ['thinking', '<thinking>\na\n</thinking>\nyes', 'yes', 'a'],
    ['an empty block', '<think>\n\n</think>\n\nyes', 'yes', ''],
    ['a block that is not closed', '<think>still at it', '', 'still at it'],
    ['one that is not closed after an answer', 'Sure.\n<think>\nstill at it', 'Sure.', 'still at it'],
    ['a closing mark alone, as where the prompt opened it', 'a\n</think>\n\nyes', 'yes', 'a'],
    ['a closing mark alone inside a line', 'a.</think>yes', 'yes', 'a.'],
    [
      'a second closing mark',
      '<think>write <think>x</think> there\n</think>\nyes',
      'yes',
      'write <think>x\n\nthere',
    ],
    [
      'a draft in an open fence',
      '<think>\n```python\ndef f(): 0\n</think>\n```python\ndef f(): 1\n```',
      '```python\ndef f(): 1\n```',
      '```python\ndef f(): 0',
    ],
    [
      'a draft in an open fence without an opening mark',
      '```python\n0\n</think>\n```python\n1\n```',
      '```python\n1\n```',
      '```python\n0',
    ],
    ['Mistral’s marks', '[THINK]a[/THINK]yes', 'yes', 'a'],
    ['Cohere’s marks', '<|START_THINKING|>a<|END_THINKING|>yes', 'yes', 'a'],
    ['Seed’s marks', '<seed:think>a</seed:think>yes', 'yes', 'a'],
    ['words that are tags elsewhere, at the start', '<reasoning>a</reasoning>yes', 'yes', 'a'],
    [
      'channels',
      '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>yes<|return|>',
      'yes',
      'a',
    ],
    ['channels cut before the answer', '<|channel|>analysis<|message|>a', '', 'a'],
    ['channels without their tokens', 'analysisThe user asks.assistantfinalyes', 'yes', 'The user asks.'],
  ])('cuts %s', (_, text, content, reasoning) => {
    expect(splitReasoning(text)).toEqual({ content, reasoning });
  });

  test.each([
    'No marks.\n',
    '  white space stays \n',
    'Write `<think>` and `</think>` around it.',
    '```xml\n<think>\na\n</think>\n```\nis how it looks.',
    'The <think> tag is not closed here.',
    'A story: <thought>why?</thought> he asked. <reasoning>x</reasoning>',
    'analysis of the final',
  ])('leaves %j as it is', text => {
    expect(splitReasoning(text)).toEqual({ content: text });
  });

  test('begins inside reasoning where the prompt opened it', () => {
    expect(splitReasoning('still at it', { opened: true })).toEqual({
      content: '',
      reasoning: 'still at it',
    });
    expect(splitReasoning('a</think>yes', { opened: true })).toEqual({ content: 'yes', reasoning: 'a' });
    expect(splitReasoning('<think>a</think>yes', { opened: true })).toEqual({
      content: 'yes',
      reasoning: 'a',
    });
  });

  test('splits any reasoning from any answer, whatever code is in them', () => {
    const { choose, integer } = seededRandom('split-reasoning');
    const pieces = [
      'Yes. ',
      '\n',
      '```python\n',
      '```\n',
      '`a` ',
      '`',
      '<b>',
      '</thought>',
      '# T\n',
      '~~~\n',
    ];
    const text = () => Array.from({ length: integer(8) }, () => choose(pieces)).join('');
    for (let run = 0; run < 500; run++) {
      const [before, answer] = [text(), text()];
      const expected = { content: answer.trim(), reasoning: before.trim() };
      expect(splitReasoning(`<think>${before}</think>${answer}`)).toEqual(expected);
      expect(splitReasoning(`${before}\n</think>\n${answer}`)).toEqual(expected);
      expect(splitReasoning(answer)).toEqual({ content: answer });
    }
  });

  test('reads a long text with many marks in one pass', () => {
    const many = 20_000;
    const { content } = splitReasoning('x<think>`a</think>'.repeat(many));
    expect(content).toBe('x'.repeat(many));
  });
});

test('endsInReasoning() sees an opening mark at the end of a prompt alone', () => {
  expect(endsInReasoning('<|assistant|><think>\n')).toBe(true);
  expect(endsInReasoning('<|assistant|><think>\n\n</think>\n\n')).toBe(false);
  expect(endsInReasoning('What does <think> mean?')).toBe(false);
});

describe('closeReasoning()', () => {
  test.each([
    ['<assistant><think>\n', '<assistant><think>\n\n</think>\n\n'],
    ['<|Assistant|><think>', '<|Assistant|><think>\n\n</think>\n\n'],
    ['a<thinking time="3">', 'a<thinking time="3">\n\n</thinking>\n\n'],
    ['a<seed:think>', 'a<seed:think>\n\n</seed:think>\n\n'],
    ['a[THINK]', 'a[THINK]\n\n[/THINK]\n\n'],
    ['a◁think▷', 'a◁think▷\n\n◁/think▷\n\n'],
    ['a<|START_THINKING|>', 'a<|START_THINKING|>\n\n<|END_THINKING|>\n\n'],
  ])('ends what %j opens, so that an answer follows', (prompt, closed) => {
    expect(closeReasoning(prompt)).toBe(closed);
    expect(endsInReasoning(closed)).toBe(false);
  });

  test.each(['<assistant>', '<assistant><think>\n\n</think>\n\n', 'Write <think> around it'])(
    'leaves %j, which opens none at its end',
    prompt => {
      expect(closeReasoning(prompt)).toBe(prompt);
    },
  );
});
