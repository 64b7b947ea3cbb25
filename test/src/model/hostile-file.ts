import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { WeightFile } from '../../../src/model/index.ts';
import { ReadError } from '../../../src/readers/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';

/** Most bytes that may be allocated to find out that a file is wrong. */
const MOST_ALLOCATED = 2 ** 23;

/** A new folder with these files, for as long as the test runs. */
export async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weights-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** Opening fails with an error that says where and what, and allocates nothing large. */
export async function expectRefused(
  open: (path: string) => Promise<WeightFile>,
  path: string,
  message: string,
): Promise<void> {
  const before = process.memoryUsage();
  const error = await open(path).then(
    () => 'It was opened',
    error => error,
  );
  const after = process.memoryUsage();
  expect(error).toBeInstanceOf(ReadError);
  expect(error.message).toContain(message);
  expect(error.message).toContain(path);
  expect(error.message.length).toBeLessThan(1000);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(MOST_ALLOCATED);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(MOST_ALLOCATED);
}

/** A good file is refused wherever it is cut off. */
export async function expectCutsRefused(
  open: (path: string) => Promise<WeightFile>,
  name: string,
  good: Uint8Array,
): Promise<void> {
  const path = join(await folderOf({}), name);
  for (let bytes = 0; bytes < good.length; bytes++) {
    await writeFile(path, good.subarray(0, bytes));
    expect(await openedOrRefused(open, path), `${bytes} bytes`).toBe('refused');
  }
}

/** A good file with two random bytes changed is opened or refused, and nothing else; both happen. */
export async function expectChangesOpenedOrRefused(
  open: (path: string) => Promise<WeightFile>,
  name: string,
  good: Uint8Array,
): Promise<void> {
  const path = join(await folderOf({}), name);
  const { integer } = seededRandom(1);
  const outcomes = new Set<string>();
  for (let trial = 0; trial < 500; trial++) {
    const changed = Uint8Array.from(good);
    for (let change = 0; change < 2; change++) changed[integer(good.length)] = integer(256);
    await writeFile(path, changed);
    outcomes.add(await openedOrRefused(open, path));
  }
  expect([...outcomes].sort()).toEqual(['opened', 'refused']);
}

/** Opening gives the file, or an error that says what is wrong with it: nothing else. */
async function openedOrRefused(
  open: (path: string) => Promise<WeightFile>,
  path: string,
): Promise<'opened' | 'refused'> {
  try {
    const file = await open(path);
    await file.close();
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(ReadError);
    return 'refused';
  }
}

/** A whole number in little-endian bytes. */
export function whole(value: number | bigint, bytes: 4 | 8): Uint8Array {
  const buffer = new ArrayBuffer(8);
  new DataView(buffer).setBigUint64(0, BigInt(value), true);
  return new Uint8Array(buffer, 0, bytes);
}

/** A text as GGUF has it, after its length, which may be another. */
export function text(value: string | Uint8Array, length?: bigint): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([whole(length ?? bytes.length, 8), bytes]);
}
