import { expect, test } from 'vitest';
import { styleCounts } from '../../../src/text/index.ts';

test.each([
  ['', { words: 0, lists: 0, headers: 0, bold: 0 }],
  ['one two\tthree\n\nfour', { words: 4, lists: 0, headers: 0, bold: 0 }],
  ['- a\n* b\n• c\n+ d\n1. e\n23) f', { words: 12, lists: 6, headers: 0, bold: 0 }],
  // No list items: a dash without a space, a year, a letter, an empty bullet.
  ['-a\n1999. b\na. c\n- ', { words: 6, lists: 0, headers: 0, bold: 0 }],
  ['# A\n###### B\r\n####### C\n#D\n #E', { words: 8, lists: 0, headers: 2, bold: 0 }],
  ['**a** and **b c**, nor **\n**', { words: 7, lists: 0, headers: 0, bold: 2 }],
])('styleCounts() of %j', (text, expected) => {
  expect(styleCounts(text)).toEqual(expected);
});
