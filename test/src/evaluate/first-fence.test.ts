import { expect, test } from 'vitest';
import { firstFence } from '../../../src/evaluate/benchmarks/humaneval.ts';

test.each([
  ['with a language', 'So:\n```python\nx = 1\n```\nand\n```\ny\n```', 'x = 1\n'],
  ['that is longer than one within', '````\n```\nx\n```\n````', '```\nx\n```\n'],
  ['of tildes', '~~~py\nx\n~~~', 'x\n'],
  ['that is never closed', '```\nx = 1\ny', 'x = 1\ny'],
  ['in a list, without its indent', '- so\n  ```\n  def f():\n    pass\n\n  ```', 'def f():\n  pass\n\n'],
  ['with the line ends of Windows', '```\r\nx\r\n```\r\n', 'x\n'],
  ['that is empty', '```\n```\n', ''],
])('the first fence %s', (_, text, code) => {
  expect(firstFence(text)?.code).toBe(code);
});

test('the text before it is returned', () => {
  expect(firstFence('a\nb\n```\nc')).toEqual({ before: 'a\nb\n', code: 'c' });
});

test('code between single backticks is none', () => {
  expect(firstFence('Use ```x``` or `y`.')).toBe(undefined);
});
