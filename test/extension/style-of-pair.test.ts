import { expect, test } from 'vitest';
import { styleOfPair } from '../../extension/src/comparison/style-of-pair.ts';

const PAIR = { teacher: 't', model: 'm' };
const item = (prompt: string, teacher: string, model: string) => ({
  promptId: '1',
  prompt,
  answers: { t: { text: teacher }, m: { text: model } },
});

test('styleOfPair() measures answers without their reasoning and without the echoed prompt', () => {
  const prompt = 'Name two fruits, please.';
  const shown = item(prompt, 'Apples, pears.', `${prompt}\n<think>- a\n- b</think>\n1. Apples\n2. pears`);
  expect(styleOfPair(shown, PAIR)).toMatchObject({ modelList: true, modelWords: 4, teacherWords: 2 });
  expect(styleOfPair(item(prompt, 'Apples.', '<think>- a\n- b</think>Apples.'), PAIR)).toMatchObject({
    modelList: false,
    unigram: 100,
  });
});

test('styleOfPair() measures a pair once, and nothing where an answer is missing', () => {
  const both = item('Q?', 'a', 'b');
  expect(styleOfPair(both, PAIR)).toBe(styleOfPair(both, PAIR));
  expect(styleOfPair(both, { teacher: 't', model: 'toString' })).toBeNull();
});
