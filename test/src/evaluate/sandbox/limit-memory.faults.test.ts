import { expect, test } from 'vitest';
import { limitMemory } from '../../../../src/evaluate/sandbox/child/limit-memory.mjs';

/** A module with one exported memory, from 1 to 1,000 pages, and a function that grows it by one instruction. */
const MODULE = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 6, 1, 96, 1, 127, 1, 127],
  ...[3, 2, 1, 0],
  ...[5, 5, 1, 1, 1, 0xe8, 0x07],
  ...[7, 12, 2, 1, 109, 2, 0, 4, 103, 114, 111, 119, 0, 0],
  ...[10, 8, 1, 6, 0, 32, 0, 64, 0, 11],
]);

const PAGE = 65_536;

function open(wasm: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  return { memory: exports.m as WebAssembly.Memory, grow: exports.grow as (pages: number) => number };
}

test('memory grows to the limit and not beyond, by instruction and by call', () => {
  const { memory, grow } = open(limitMemory(MODULE, 3 * PAGE) as Uint8Array<ArrayBuffer>);
  expect(grow(1)).toBe(1);
  expect(memory.grow(1)).toBe(2);
  expect(grow(1)).toBe(-1);
  expect(() => memory.grow(1)).toThrow(RangeError);
  expect(memory.buffer.byteLength).toBe(3 * PAGE);
});

test('without the limit it grows to what the module declares', () => {
  expect(open(MODULE).grow(999)).toBe(1);
});

test('a limit above the declared maximum changes nothing, part of a page does not count', () => {
  expect(limitMemory(MODULE, 2 ** 40)).toEqual(MODULE);
  const { grow } = open(limitMemory(MODULE, 3 * PAGE - 1) as Uint8Array<ArrayBuffer>);
  expect(grow(1)).toBe(1);
  expect(grow(1)).toBe(-1);
});

test('the module given stays as it is', () => {
  const before = MODULE.slice();
  limitMemory(MODULE, 2 * PAGE);
  expect(MODULE).toEqual(before);
});

test('a limit below the beginning, and a module of another form, are refused', () => {
  expect(() => limitMemory(MODULE, PAGE - 1)).toThrow(
    'Cannot limit memory to 65535 bytes: Python begins with 65536 bytes',
  );
  expect(() => limitMemory(MODULE.slice(0, 20), PAGE)).toThrow('it declares none');
  const unbounded = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 1]);
  expect(() => limitMemory(unbounded, PAGE)).toThrow('one memory with a maximum is required');
});
