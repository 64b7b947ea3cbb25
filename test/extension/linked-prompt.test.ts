import { expect, test } from 'vitest';
import { linkedPrompt } from '../../extension/src/linked-prompt.ts';

test('a link’s fragment names a prompt by its id, encoded or as it is', () => {
  expect(linkedPrompt('#prompt=7%2Fbroad-3')).toBe('7/broad-3');
  expect(linkedPrompt('#prompt=half at 50 %')).toBe('half at 50 %');
  expect(linkedPrompt('#line=3')).toBeNull();
});
