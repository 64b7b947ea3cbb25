import { expect, test } from 'vitest';
import { align } from '../../extension/src/comparison/align.ts';

/** What the source holds where the rendered characters come from; `·` where they come from nowhere. */
function origins(source: string, pieces: string[]): string[] {
  const rows = align(source, pieces) ?? [];
  return rows.map(row => Array.from(row, offset => (offset < 0 ? '·' : source[offset])).join(''));
}

test('emphasis, headings and links lose their markup and keep their words', () => {
  expect(origins('# One **two** [three](http://x.y/three)', ['One ', 'two', 'three'])).toEqual([
    'One·',
    'two',
    'three',
  ]);
  expect(align('a **b** c', ['a ', 'b', ' c'])).toEqual([
    Int32Array.from([0, -1]),
    Int32Array.from([4]),
    Int32Array.from([-1, 8]),
  ]);
});

test('a dropped list number is not taken for a number in the sentence', () => {
  expect(align('1. 10 pears\n2. 1 fig', ['10 pears', '1 fig'])).toEqual([
    Int32Array.from([3, 4, -1, 6, 7, 8, 9, 10]),
    Int32Array.from([15, -1, 17, 18, 19]),
  ]);
});

test('an entity leads to its ampersand, text that rendering added to nothing', () => {
  expect(align('a &amp; b', ['a & b'])).toEqual([Int32Array.from([0, -1, 2, -1, 8])]);
  expect(origins('cat', ['cat', '¶'])).toEqual(['cat', '·']);
});

test('code keeps its characters', () => {
  expect(origins('```js\nlet a_b = `1`;\n```', ['let', ' a_b = `1`;'])).toEqual(['let', '·a_b·=·`1`;']);
});

test('letters of any script and emoji are aligned by code unit', () => {
  expect(align('**שלום** 🎉', ['שלום', ' 🎉'])).toEqual([
    Int32Array.from([2, 3, 4, 5]),
    Int32Array.from([-1, 9, 10]),
  ]);
});

test('texts that have nothing in common are not aligned', () => {
  const left = Array.from({ length: 3000 }, (_, i) => `a${i}`).join(' ');
  const right = Array.from({ length: 3000 }, (_, i) => `b${i}`).join(' ');
  expect(align(left, [right])).toBeNull();
});
