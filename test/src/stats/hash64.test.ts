import { expect, it } from 'vitest';
import { hash64 } from '../../../src/stats/index.ts';

it.each([
  ['', 0xcbf29ce484222325n],
  ['a', 0xaf63dc4c8601ec8cn],
  ['foobar', 0x85944171f73967e8n], // these three are among the authors' test vectors
  ['Straße 😀', 0x0e566f3392561b55n],
])('hashes %j to its FNV-1a value', (text, expected) => {
  expect(hash64(text)).toBe(expected);
});
