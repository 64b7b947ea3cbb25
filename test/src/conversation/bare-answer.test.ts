import { describe, expect, it, test } from 'vitest';
import { bareAnswer } from '../../../src/conversation/index.ts';
import { growth } from '../../fixtures/growth.ts';

const PROMPT = 'Name two fruits\nthat are  red.';
const LIST = '- cherries\n- apples';
const ALPACA = `Below is an instruction that describes a task.

### Instruction:
${PROMPT}

### Response:
${LIST}`;

describe('bareAnswer()', () => {
  test.each([
    ['at the start', `${PROMPT}\n\n${LIST}`],
    ['in other white space', ` Name two fruits that are\n red.\n${LIST}`],
    ['after a label', `User: ${PROMPT}\nAssistant: ${LIST}`],
    ['after a label, without that of the answer', `Q: ${PROMPT}\n${LIST}`],
    ['in a template', ALPACA],
    ['after a system’s message', `system\nYou are kind.\nuser\n${PROMPT}\nassistant\n${LIST}`],
    [
      'in ChatML',
      `<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\n${PROMPT}<|im_end|>\n<|im_start|>assistant\n${LIST}`,
    ],
    ['in LLaMA 2’s turns', `<s> [INST] ${PROMPT} [/INST] ${LIST}`],
    [
      'in LLaMA 3’s turns',
      `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${PROMPT}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n${LIST}`,
    ],
    ['in bold labels', `**Question:** ${PROMPT}\n\n**Answer:** ${LIST}`],
    ['before reasoning', `${PROMPT}\n<think>Which?</think>\n${LIST}`],
    ['after reasoning', `<think>Which?</think>\n${PROMPT}\n${LIST}`],
  ])('cuts a prompt that is echoed %s', (_, text) => {
    expect(bareAnswer(text, { prompt: PROMPT }).text).toBe(LIST);
  });

  test.each([
    ['quoted later', `Sure. You asked: ${PROMPT}\n${LIST}`, PROMPT],
    ['that the answer changes', `Name two fruits that are green.\n${LIST}`, PROMPT],
    ['whose last word continues', 'What is art, Arthur?', 'What is art, Art'],
    ['of a word that begins the answer', 'Hi! How can I help you?', 'Hi'],
    ['of a word that is the answer', 'Hello', 'Hello'],
    ['that is empty', LIST, ''],
    ['that is longer than the text', 'Name two', PROMPT],
    ['named in the middle of a line', `Write this: ${PROMPT} Answer: ${LIST}`, PROMPT],
  ])('keeps a prompt %s', (_, text, prompt) => {
    expect(bareAnswer(text, { prompt })).toEqual({
      text,
      words: { kept: text.split(/\s+/).length, reasoning: 0, echo: 0 },
    });
  });

  it('cuts a short prompt on a line of its own', () => {
    expect(bareAnswer('Hi\n\nHello.', { prompt: 'Hi' }).text).toBe('Hello.');
  });

  it('cuts a beginning that the answer continues, and leaves nothing of a mere echo', () => {
    const prompt = 'Once upon a time';
    expect(bareAnswer('Once upon a time there was a cat.', { prompt }).text).toBe('there was a cat.');
    expect(bareAnswer(prompt, { prompt })).toEqual({ text: '', words: { kept: 0, reasoning: 0, echo: 4 } });
  });

  it('counts the words that are kept and cut, recorded reasoning among them', () => {
    const text = `User: ${PROMPT}\nAssistant: <think>one two</think>${LIST}`;
    expect(bareAnswer(text, { prompt: PROMPT, reasoning: 'three four five' }).words).toEqual({
      kept: 4,
      reasoning: 5,
      echo: 8,
    });
  });

  it('returns an answer without either as it is', () => {
    expect(bareAnswer(` ${LIST}\n`).text).toBe(` ${LIST}\n`);
  });

  it('takes time in proportion to hostile texts', () => {
    const echoes = (n: number) => ({ prompt: 'a '.repeat(n), text: `${'a '.repeat(n - 1)}\nb`.repeat(2) });
    const sizes = { small: echoes(2000), large: echoes(20_000), factor: 10 };
    const [{ text }, exponent] = growth(({ text, prompt }) => bareAnswer(text, { prompt }), sizes);
    expect(text).toBe(sizes.large.text);
    expect(exponent).toBeLessThan(1.6);
  });
});
