import { expect, test } from 'vitest';
import { splitFences } from '../../../../src/evaluate/code/fenced-blocks.ts';

const codes = (text: string) => splitFences(text).blocks.map(({ code }) => code);

test.each([
  ['with a language', 'So:\n```python\nx = 1\n```\nand\n```\ny\n```', ['x = 1\n', 'y\n']],
  ['that is longer than one within', '````\n```\nx\n```\n````', ['```\nx\n```\n']],
  ['of tildes', '~~~py\nx\n~~~', ['x\n']],
  ['of tildes around one of backticks', '~~~\n```\nx\n```\n~~~', ['```\nx\n```\n']],
  ['that is never closed', '```\nx = 1\ny', ['x = 1\ny\n']],
  ['in a list, without its indent', '- so\n  ```\n  def f():\n    pass\n\n  ```', ['def f():\n  pass\n\n']],
  ['with the line ends of Windows', '```\r\nx\r\n```\r\n', ['x\n']],
  ['that is empty', '```\n```\n', ['']],
  ['that opens at the end of a line of prose', 'Sure: ```python\nx\n```\n', ['x\n']],
  ['that closes at the end of a line of code', '```\nx\ny```\nand so on', ['x\ny\n']],
])('a block %s', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test('its language is the first word of what follows the fence, in small letters', () => {
  const text = ['```Python3 title="a.py"', '```', '``` {.py}', '```', '```', '```', '~~~c++', '~~~'].join(
    '\n',
  );
  expect(splitFences(text).blocks.map(({ language }) => language)).toEqual(['python3', 'py', '', 'c++']);
});

test('the lines before and around blocks are returned', () => {
  expect(splitFences('a\nb\n```\nc\n```\nd: ```\ne')).toMatchObject({
    before: 'a\nb\n',
    outside: 'a\nb\nd:\n',
  });
});

test('code between backticks within a line is no block', () => {
  expect(splitFences('Use ```x``` or `y`.')).toEqual({
    blocks: [],
    before: 'Use ```x``` or `y`.',
    outside: 'Use ```x``` or `y`.\n',
  });
});
