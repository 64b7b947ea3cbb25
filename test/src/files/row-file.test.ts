import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { itemName, type KeyedItem, lineOf, openRowFile, type Row } from '../../../src/files/index.ts';

interface Line extends KeyedItem {
  text: string;
}

const folder = () => mkdtemp(join(tmpdir(), 'row-file-'));

/** Reads a row with a text; one without is no result. */
const read = ({ value }: Row): Line | undefined =>
  typeof value.text === 'string'
    ? { ...value, id: String(value.id), key: String(value.key), text: value.text }
    : undefined;

async function linesOf(path: string): Promise<unknown[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

const line = (id: string, key: string, text = `${id} ${key}`): Line => ({ id, key, text });

/** Opens a file that holds these rows, beside one of earlier rows. */
async function opened(items: readonly KeyedItem[], rows: readonly object[], before: readonly object[] = []) {
  const path = join(await folder(), 'rows.jsonl');
  const earlier = `${path}.earlier.jsonl`;
  await writeFile(path, rows.map(lineOf).join(''));
  await writeFile(earlier, before.map(lineOf).join(''));
  const file = await openRowFile(path, { items, read, earlier });
  return {
    path,
    earlier,
    file,
    texts: [...file.found].map(([name, { text }]) => [JSON.parse(name)[0], text]),
  };
}

describe('openRowFile()', () => {
  test('finds the results with the keys of the items, and no others', async () => {
    const { file, texts } = await opened(
      [line('a', 'k1'), line('b', 'changed'), line('c', 'k3')],
      [line('a', 'k1'), line('b', 'k2'), line('x', 'k9')],
    );
    expect(texts).toEqual([['a', 'a k1']]);
    expect(file.moved).toBe(2);
  });

  test('moves the results of other items to the file of earlier ones, and back', async () => {
    const first = await opened([line('a', 'k1')], [line('a', 'k1'), line('a', 'k2')]);
    expect(await linesOf(first.path)).toEqual([line('a', 'k1')]);
    expect(await linesOf(first.earlier)).toEqual([line('a', 'k2')]);
    const { earlier, path } = first;
    const { found, moved } = await openRowFile(path, { items: [line('a', 'k2')], read, earlier });
    expect([...found.values()]).toEqual([line('a', 'k2')]);
    expect(moved).toBe(1);
    expect(await linesOf(path)).toEqual([line('a', 'k2')]);
    expect(await linesOf(earlier)).toEqual([line('a', 'k1')]);
  });

  test('keeps all of them where there is no such file', async () => {
    const path = join(await folder(), 'rows.jsonl');
    await writeFile(path, [line('a', 'k1'), line('b', 'k2')].map(lineOf).join(''));
    const { found, moved } = await openRowFile(path, { items: [line('b', 'k2')], read });
    expect([[...found.keys()], moved]).toEqual([[itemName({ id: 'b' })], 0]);
    expect(await linesOf(path)).toHaveLength(2);
  });

  test('gives each of two items with one key a result of its own, by its id first', async () => {
    const rows = [line('a', 'k', 'first'), line('b', 'k', 'second')];
    expect((await opened([line('b', 'k'), line('a', 'k')], rows)).texts).toEqual([
      ['b', 'second'],
      ['a', 'first'],
    ]);
    expect((await opened([line('c', 'k'), line('b', 'k'), line('d', 'k')], rows)).texts).toEqual([
      ['b', 'second'],
      ['c', 'first'],
    ]);
  });

  test('gives a result of an item of another id the id of the item that has it now', async () => {
    const { path } = await opened([line('new', 'k')], [line('old', 'k', 'same')]);
    expect(await linesOf(path)).toEqual([line('new', 'k', 'same')]);
  });

  test('distinguishes samples', async () => {
    const rows = [0, 1, 2].map(sample => ({ ...line('a', `k${sample}`), sample }));
    const { texts, file } = await opened(
      [0, 2].map(sample => ({ id: 'a', sample, key: `k${sample}` })),
      rows,
    );
    expect(texts.map(([, text]) => text)).toEqual(['a k0', 'a k2']);
    expect(file.moved).toBe(1);
  });

  test('takes out what is no result, and a line that a kill left unfinished', async () => {
    const path = join(await folder(), 'rows.jsonl');
    await writeFile(path, `${lineOf(line('a', 'k1'))}${lineOf({ id: 'b', key: 'k2', text: null })}{"id":"c"`);
    const file = await openRowFile(path, { items: [line('a', 'k1'), line('b', 'k2')], read });
    expect([...file.found.values()]).toEqual([line('a', 'k1')]);
    await file.add(line('b', 'k2'));
    expect(await linesOf(path)).toEqual([line('a', 'k1'), line('b', 'k2')]);
  });

  test('counts a row that a kill left in both files once', async () => {
    const row = line('a', 'k1');
    const { path, earlier, file } = await opened([row], [row], [row]);
    expect([await linesOf(path), await linesOf(earlier), file.moved]).toEqual([[row], [], 0]);
  });

  test('names file and line of what is no JSON', async () => {
    const path = join(await folder(), 'rows.jsonl');
    await writeFile(path, `${lineOf(line('a', 'k1'))}no JSON\n`);
    await appendFile(path, lineOf(line('b', 'k2')));
    await expect(openRowFile(path, { items: [], read })).rejects.toThrow('rows.jsonl:2');
  });
});
