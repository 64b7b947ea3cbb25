import { describe, expect, it, test } from 'vitest';
import { findRefusal } from '../../../src/text/index.ts';
import { growth } from '../../fixtures/growth.ts';

describe('findRefusal()', () => {
  test.each([
    'I’m sorry, but I can’t assist with that request.',
    'I cannot help you break into a house.',
    'As an AI language model, I do not have real-time access to the news.',
    'I must respectfully decline.',
    'I won’t write that. However, you can look for a support group near you.',
    'Unfortunately, I am not able to see pictures.',
    'Sharing this goes against my programming.',
  ])('finds one in %j', text => {
    expect(findRefusal(text)).not.toBeNull();
  });

  test.each([
    '',
    'Paris is the capital of France.',
    'I’m sorry for your loss. Talk to a friend about it.',
    'As an AI language model, I suggest three steps: look at the date, the author and the source.',
    'I don’t have personal opinions. However, here are arguments for both sides: it is cheap, and it is slow to change.',
    `${'The first step is to read the manual with care. '.repeat(6)}I cannot help you further.`,
  ])('finds none in %j', text => {
    expect(findRefusal(text)).toBeNull();
  });

  it('states the words in the raw text', () => {
    const text = 'Well, İ hear you, but I can’t help with locks.';
    const { start, end } = findRefusal(text) ?? { start: 0, end: 0 };
    expect(text.slice(start, end).toLowerCase()).toBe('i can’t help');
  });

  it('takes time in proportion to the text', () => {
    const sizes = {
      small: `Sorry, ${'but however '.repeat(2000)}`,
      large: `Sorry, ${'but however '.repeat(20_000)}`,
      factor: 10,
    };
    const [, exponent] = growth(findRefusal, sizes);
    expect(exponent).toBeLessThan(1.6);
  });
});
