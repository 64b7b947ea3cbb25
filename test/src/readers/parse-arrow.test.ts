import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isArrow, parseArrow, ReadError } from '../../../src/readers/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';

const folder = join(import.meta.dirname, '../../golden/arrow');
const load = (name: string) => readFile(join(folder, name));

test.each(['lz4.feather', 'zstd.feather', 'stream.arrow'])(
  '%s, which pyarrow compressed, is read',
  async name => {
    const bytes = await load(name);
    expect(isArrow(bytes, name)).toBe(true);
    const rows = await parseArrow(bytes, name);
    expect(rows).toHaveLength(300);
    expect(rows[2]).toEqual({
      at: `${name}:3`,
      value: { id: 2, prompt: 'Why is 2 – not “3”?', mine: null, tags: ['a', 'b'] },
    });
    expect(rows[299]?.value).toEqual({
      id: 299,
      prompt: 'Why is 299 – not “300”?',
      mine: 'Since 299 < 300, as anyone who counts knows.',
      tags: ['a', 'b'],
    });
  },
);

test.each(['lz4-long.feather', 'zstd-long.feather'])(
  'of %s the blocks after the first are read',
  async name => {
    const [row] = await parseArrow(await load(name), name);
    const part = Array.from({ length: 64 }, (_, i) => `Line ${i} of a long answer. `).join('');
    expect(row?.value.mine === part.repeat(2800)).toBe(true);
  },
);

/** Files, and the bytes that each of their frames begins with. */
const FRAMES = [
  { name: 'lz4.feather', magic: [0x04, 0x22, 0x4d, 0x18] },
  { name: 'zstd.feather', magic: [0x28, 0xb5, 0x2f, 0xfd] },
];

test.each(FRAMES)('$name that is cut, or whose buffers are damaged, is refused', async ({ name, magic }) => {
  const bytes = await load(name);
  await expect(parseArrow(bytes.subarray(0, bytes.length / 2), name)).rejects.toThrow(`Cannot read ${name}`);
  const frame = bytes.indexOf(Buffer.from(magic));
  for (const [start, end] of [
    [0, 4],
    [8, 16],
    // The length before the frame.
    [-8, -7],
  ] as const) {
    const damaged = Uint8Array.from(bytes).fill(0x77, frame + start, frame + end);
    await expect(parseArrow(damaged, name)).rejects.toThrow(`Cannot read ${name}: a whole Arrow file`);
  }
});

test.each(FRAMES)(
  'wherever the buffers of $name are damaged, it is refused or read',
  async ({ name, magic }) => {
    const bytes = await load(name);
    const frame = bytes.indexOf(Buffer.from(magic));
    const random = seededRandom(name);
    for (let round = 0; round < 100; round++) {
      const damaged = Uint8Array.from(bytes);
      for (let byte = 0; byte < 4; byte++) damaged[frame + random.integer(1000)] = random.integer(256);
      const rows = await parseArrow(damaged, name).catch(error => {
        expect(error).toBeInstanceOf(ReadError);
        return [];
      });
      expect([0, 300]).toContain(rows.length);
    }
  },
);

test.each(['lz4.feather', 'stream.arrow'])(
  'wherever the metadata of %s are damaged, no more memory is taken than the file has rows for',
  async name => {
    const bytes = await load(name);
    const random = seededRandom(`metadata of ${name}`);
    const edge = Math.min(1200, bytes.length);
    for (let round = 0; round < 400; round++) {
      const damaged = Uint8Array.from(bytes);
      for (let byte = 0; byte <= random.integer(4); byte++) {
        const at = random.integer(edge);
        damaged[random.integer(2) === 0 ? at : bytes.length - 1 - at] = random.integer(256);
      }
      const rows = await parseArrow(damaged, name).catch(error => {
        expect(error).toBeInstanceOf(ReadError);
        return [];
      });
      // Eight truth values are a byte.
      expect(rows.length).toBeLessThanOrEqual(8 * 2 ** 16);
    }
  },
);

test('a file that states lists, messages or rows that it has no room for is refused', async () => {
  const name = 'stream.arrow';
  const bytes = await load(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  /** Finds every whole number of four bytes that is `from`. */
  const places = (from: number) =>
    Array.from({ length: bytes.length / 4 }, (_, index) => 4 * index).filter(
      at => view.getInt32(at, true) === from,
    );
  // The batch and each column state the 300 rows.
  const rows = places(300);
  expect(rows.length).toBeGreaterThan(3);
  for (const at of rows) {
    const damaged = Uint8Array.from(bytes);
    new DataView(damaged.buffer).setInt32(at, 2 ** 31 - 1, true);
    const read = await parseArrow(damaged, name).catch((error: Error) => error.message);
    expect(typeof read === 'string' ? read : read.length).toSatisfy(
      (found: unknown) => found === 300 || /a whole Arrow file is required, found/.test(String(found)),
    );
  }
});
