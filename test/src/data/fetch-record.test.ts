import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FetchOptions, fetchRecord, fetchRecords, recordAddress } from '../../../src/data/index.ts';
import type { Progress } from '../../../src/runs/index.ts';
import {
  type Answer,
  catalogueOf,
  cut,
  deaf,
  type RecordServer,
  serve,
  stall,
  status,
  whole,
} from './record-server.ts';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251));
const tampered = Buffer.from(content).fill(0, 100_000, 100_001);
const catalogue = catalogueOf(content);
const [record] = catalogue.records;
if (!record) throw new Error('the catalogue has one record');
const address = recordAddress(record);

let cache: string;
let server: RecordServer | undefined;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'records-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Fetches `test/one` from a server that answers as said. */
async function fetchOne(answers: Answer[], options: FetchOptions = {}) {
  server = await serve(...answers);
  return fetchRecord('test/one', { base: server.base, cache, mirror: '', catalogue, backOff: 1, ...options });
}
const cached = () => readFile(join(cache, address));
const names = async () => readdir(dirname(join(cache, address)));

describe('from the network', () => {
  test('a record is downloaded once, from its encoded address, and then read from the cache', async () => {
    const first = await fetchOne([whole(content)]);
    expect(first).toMatchObject({
      name: 'test/one',
      licence: 'MIT',
      from: 'network',
      path: join(cache, address),
    });
    expect(content.equals(await readFile(first.path))).toBe(true);
    expect(server?.requests).toEqual([
      { path: '/owner/repo/c0ffee/%E5%8E%9F%E5%A7%8B/a%20b%231.jsonl', range: undefined },
    ]);
    expect((await fetchRecord('test/one', { base: server?.base, cache, mirror: '', catalogue })).from).toBe(
      'cache',
    );
    expect(server?.requests).toHaveLength(1);
  });

  test('an interrupted download resumes where it stopped', async () => {
    await fetchOne([cut(content, 70_000), cut(content, 50_000), whole(content)]);
    expect(server?.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=70000-', 'bytes=120000-']);
    expect(content.equals(await cached())).toBe(true);
    expect(await names()).toEqual(['a b#1.jsonl']);
  });

  test('the next call resumes what an earlier one left', async () => {
    await expect(fetchOne([cut(content, 70_000), status(503)], { tries: 2 })).rejects.toThrow(
      /Cannot fetch test\/one: no answer from .* after 2 tries: .* answered 503 Service Unavailable/,
    );
    expect(await names()).toEqual(['a b#1.jsonl.part']);
    await server?.close();
    await fetchOne([whole(content)]);
    expect(server?.requests[0]?.range).toBe('bytes=70000-');
    expect(content.equals(await cached())).toBe(true);
  });

  test('a server that ignores Range sends all of it again', async () => {
    await fetchOne([cut(content, 70_000), deaf(content)]);
    expect(server?.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=70000-']);
    expect(content.equals(await cached())).toBe(true);
  });

  test('a connection that stalls counts as cut', async () => {
    await fetchOne([stall(content, 70_000), whole(content)], { patience: 100 });
    expect(server?.requests[1]?.range).toBe('bytes=70000-');
    expect(content.equals(await cached())).toBe(true);
  });

  test('tampered bytes are refused with both hashes, and nothing of them is kept', async () => {
    await expect(fetchOne([whole(tampered)])).rejects.toThrow(
      new RegExp(
        `not the published file and was removed: expected 200000 bytes with SHA-256 ${record.sha256}, found 200000 bytes with [0-9a-f]{64}`,
      ),
    );
    expect(await names()).toEqual([]);
  });

  test('a file that is too long is refused before it is read to its end', async () => {
    await expect(fetchOne([whole(Buffer.concat([content, content]))])).rejects.toThrow(
      /holds more than the expected 200000 bytes; nothing of it was kept/,
    );
    expect(await names()).toEqual([]);
  });

  test('a file that is not there is not asked for again', async () => {
    await expect(fetchOne([status(404)])).rejects.toThrow(
      /Cannot fetch test\/one: .* answered 404 Not Found/,
    );
    expect(server?.requests).toHaveLength(1);
  });

  test('a busy server is asked again', async () => {
    await fetchOne([status(429), status(500), whole(content)]);
    expect(server?.requests).toHaveLength(3);
  });

  test('without a network the error says what was tried', async () => {
    const closed = await serve(status(200));
    await closed.close();
    await expect(
      fetchRecord('test/one', { base: closed.base, cache, mirror: '', catalogue, tries: 2, backOff: 1 }),
    ).rejects.toThrow(
      /Cannot fetch test\/one: no answer from http:.* after 2 tries: fetch failed \(ECONNREFUSED\).*IMITATION_LAB_MIRROR/,
    );
  });

  test('an abort stops the download, and what has arrived stays for the next', async () => {
    const stop = new AbortController();
    const fetched = fetchOne([stall(content, 70_000)], {
      signal: stop.signal,
      onProgress: ({ done }) => done >= 70_000 && stop.abort(new Error('interrupted')),
    });
    await expect(fetched).rejects.toThrow('interrupted');
    expect(await names()).toEqual(['a b#1.jsonl.part']);
  });

  test('two downloads of the same record at once do not disturb each other', async () => {
    server = await serve(whole(content));
    const options = { base: server.base, cache, mirror: '', catalogue };
    const both = await Promise.all([fetchRecord('test/one', options), fetchRecord('test/one', options)]);
    for (const { path } of both) expect(content.equals(await readFile(path))).toBe(true);
    expect(await names()).toEqual(['a b#1.jsonl']);
  });

  test('progress counts the bytes up to the whole', async () => {
    const reported: Progress[] = [];
    await fetchOne([whole(content)], { onProgress: progress => reported.push(progress) });
    expect(reported.at(-1)).toEqual({ task: 'fetch test/one', done: 200_000, total: 200_000, unit: 'bytes' });
    const done = reported.map(progress => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });
});

describe('on this machine', () => {
  test('a tampered file in the cache is refused and removed, so that the next call fetches it afresh', async () => {
    await mkdir(dirname(join(cache, address)), { recursive: true });
    await writeFile(join(cache, address), tampered);
    await expect(fetchOne([whole(content)])).rejects.toThrow(
      /Cannot fetch test\/one: the cached file .* was removed: expected 200000 bytes with SHA-256 [0-9a-f]{64}, found/,
    );
    expect(server?.requests).toEqual([]);
    await server?.close();
    expect((await fetchOne([whole(content)])).from).toBe('network');
  });

  test('a mirror comes before the network, and a tampered file in it is refused but left alone', async () => {
    const mirror = await mkdtemp(join(tmpdir(), 'mirror-'));
    await mkdir(dirname(join(mirror, address)), { recursive: true });
    await writeFile(join(mirror, address), content);
    expect(await fetchOne([status(500)], { mirror })).toMatchObject({
      from: 'mirror',
      path: join(mirror, address),
    });
    await writeFile(join(mirror, address), tampered);
    await expect(fetchOne([status(500)], { mirror })).rejects.toThrow(
      /the mirror's file .* is not the published file: expected/,
    );
    expect(tampered.equals(await readFile(join(mirror, address)))).toBe(true);
  });

  test('what the mirror lacks comes from the network', async () => {
    const mirror = await mkdtemp(join(tmpdir(), 'mirror-'));
    expect((await fetchOne([whole(content)], { mirror })).from).toBe('network');
  });
});

test('a set and a pattern match their records, each fetched once', async () => {
  server = await serve(whole(content));
  const options = { base: server.base, cache, mirror: '', catalogue };
  const fetched = await fetchRecords(['test-set', 'test/*', address], options);
  expect(fetched.map(({ name }) => name)).toEqual(['test/one']);
});

test('an unknown name is refused with what there is', async () => {
  await expect(fetchRecord('test/two', { catalogue, cache })).rejects.toThrow(
    'Cannot find test/two: a record, a set (test-set) or a pattern such as hc3/* is required',
  );
});
