import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveBackend } from '../../../src/compute/index.ts';
import { localModel } from '../../../src/generate/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { answerTo, openAiServer } from '../../fixtures/openai-server.ts';
import { eventually } from '../../fixtures/patience.ts';
import { smollm2, withSmollm2 } from '../../fixtures/smollm2.ts';
import { tinyGguf, tinyModel } from '../../fixtures/tiny-model.ts';

const folder = await mkdtemp(join(tmpdir(), 'generate-'));

const start = (...parameters: string[]) => startCommand(folder, ['generate', ...parameters]);

async function prompts(name: string, count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, id) => JSON.stringify({ id, prompt: `Question ${id}` }));
  await writeFile(join(folder, name), `${rows.join('\n')}\n`);
  return name;
}

/** The hash of what decided an answer. */
const KEY = expect.stringMatching(/^[0-9a-f]{64}$/);

const text = (name: string) => (existsSync(join(folder, name)) ? readFile(join(folder, name), 'utf8') : '');
const rows = async (name: string) =>
  (await text(name))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
const ids = async (name: string) => (await rows(name)).map(({ id }) => Number(id)).sort((a, b) => a - b);

/** Returns what an answer is, without the time that it took. */
function untimed({ latency: _, batch: __, ...answer }: Awaited<ReturnType<typeof rows>>[number]) {
  return answer;
}

test('imitation-lab generate answers with the model of a folder, as it does in the same process', async () => {
  const tiny = await tinyModel();
  await writeFile(join(folder, 'tiny.jsonl'), '{"id":"a","prompt":"hello"}\n{"id":"b","prompt":"x"}\n');
  const flags = ['--model', tiny, '--model-name', 'tiny', '--max-tokens', '6', '--out', 'tiny.out.jsonl'];
  const { code, err } = await start(...flags, '--prompts', 'tiny.jsonl').ended;
  expect([code, err]).toEqual([0, expect.stringContaining('tiny.out.jsonl: 2 answered')]);
  await resolveBackend({ prefer: 'cpu' });
  const model = await localModel(tiny);
  const expected = [];
  for (const [id, text] of [
    ['a', 'hello'],
    ['b', 'x'],
  ] as const)
    for await (const answer of model.generate([{ id, text }], { maxTokens: 6 }))
      expected.push({ id, text: answer.text, tokens: answer.tokens, finish: answer.finish, key: KEY });
  model.dispose();
  await rm(tiny, { recursive: true });
  const written = (await rows('tiny.out.jsonl')).sort((a, b) => a.id.localeCompare(b.id));
  expect(written.map(untimed)).toEqual(expected);
  for (const { latency, batch } of written) {
    expect(latency).toBeGreaterThan(0);
    expect(batch).toBe(2);
  }
});

test('imitation-lab generate computes a GGUF file by our own model where it is asked to', async () => {
  const model = await tinyGguf(folder);
  await writeFile(join(folder, 'own.jsonl'), '{"id":"a","prompt":"hello"}\n');
  const flags = ['--model', model, '--max-tokens', '6', '--out', 'own.out.jsonl', '--engine'];
  expect((await start(...flags, 'own', '--prompts', 'own.jsonl').ended).code).toBe(0);
  const [row] = await rows('own.out.jsonl');
  expect(row).toMatchObject({ id: 'a', text: expect.any(String), finish: expect.any(String) });
  const { code, err } = await start(...flags, 'fast', '--prompts', 'own.jsonl').ended;
  expect([code, err]).toEqual([2, expect.stringContaining('--engine must be one of llama.cpp, own, got ')]);
});

describe('imitation-lab generate at a server', () => {
  test('writes id, text, tokens and finish, and says how it goes', async () => {
    await using server = await openAiServer();
    const file = await prompts('three.jsonl', 3);
    const model = ['--model', server.base, '--model-name', 'm', '--max-tokens', '9', '--temperature', '0.5'];
    const price = ['--price', '{"input": 0.5, "output": 1.5}'];
    const wanted = ['--prompts', file, '--out', 'three.out.jsonl'];
    const { code, out, err } = await start(...model, ...price, ...wanted).ended;
    expect([code, out]).toEqual([0, '']);
    expect((await rows('three.out.jsonl')).sort((a, b) => a.id - b.id)).toEqual(
      [0, 1, 2].map(id => ({
        id: `${id}`,
        text: answerTo(`Question ${id}`),
        tokens: 4,
        finish: 'stop',
        latency: expect.any(Number),
        key: KEY,
      })),
    );
    expect(server.asked[0]?.body).toMatchObject({ max_tokens: 9, temperature: 0.5, model: 'm' });
    expect(err).toMatch(/^generate with m: 3 of 3 prompts, [\d.]+ prompts\/s\n/m);
    expect(err).toMatch(/three\.out\.jsonl: 3 answered \(12 tokens\)\n$/);
    const manifest = JSON.parse(await text('three.out.jsonl.manifest.json'));
    expect(manifest).toMatchObject({
      model: { name: 'm', identity: `server ${server.base} model m` },
      config: { model: server.base, modelName: 'm', maxTokens: 9, price: { input: 0.5, output: 1.5 } },
    });
    expect(Object.keys(manifest.inputs)).toEqual(['three.jsonl']);
    expect(JSON.stringify(manifest)).not.toContain('sk-local');
    const half = await start(...model, '--price', '{"input": 1}', ...wanted).ended;
    expect([half.code, half.err]).toEqual([
      2,
      expect.stringContaining('--price must state input and output alone, got {"input":1}'),
    ]);
  });

  test('killed and re-run, it asks nothing twice', async () => {
    await using server = await openAiServer();
    // The first ten calls are answered, the others wait until the process is gone.
    server.options.handle = () => server.asked.length > 10;
    const file = await prompts('killed.jsonl', 30);
    const model = ['--model', server.base, '--model-name', 'm', '--prompts', file, '--chat'];
    const killed = start(...model, '--out', 'killed.out.jsonl');
    await eventually(async () => expect(await ids('killed.out.jsonl')).toHaveLength(10));
    killed.child.kill('SIGKILL');
    await killed.ended;
    const answered = server.asked.slice(0, 10).map(({ prompt }) => prompt);

    server.options.handle = () => false;
    const calls = server.asked.length;
    // The half of a line, as a kill while writing leaves it.
    await appendFile(join(folder, 'killed.out.jsonl'), '{"id":"29","te');
    const again = await start(...model, '--out', 'killed.out.jsonl', '--json').ended;
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out.trim().split('\n').at(-1) ?? '')).toEqual({
      out: 'killed.out.jsonl',
      before: 10,
      answered: 20,
      failed: 0,
      tokens: 80,
      left: 0,
    });
    expect(await ids('killed.out.jsonl')).toEqual(Array.from({ length: 30 }, (_, id) => id));
    const asked = server.asked.slice(calls).map(({ prompt }) => prompt);
    expect(asked).toHaveLength(20);
    expect(asked.filter(prompt => answered.includes(prompt))).toEqual([]);
  });

  test('asks again for another file, unless both share their calls', async () => {
    await using server = await openAiServer();
    const file = await prompts('shared.jsonl', 3);
    const model = ['--model', server.base, '--model-name', 'm', '--prompts', file];
    const asked: number[] = [];
    for (const flags of [['a'], ['b'], ['c', '--cache', 'calls'], ['d', '--cache', 'calls']]) {
      expect((await start(...model, '--out', ...flags).ended).code).toBe(0);
      asked.push(server.asked.length);
    }
    expect(asked).toEqual([3, 6, 9, 9]);
    expect(await ids('d')).toEqual([0, 1, 2]);

    const cache = (...words: string[]) => startCommand(folder, ['cache', ...words, 'calls', '--json']).ended;
    expect(JSON.parse((await cache('list')).out)).toMatchObject({
      folder: 'calls',
      models: [{ server: server.base, model: 'm', calls: 3 }],
    });
    expect(JSON.parse((await cache('clear')).out)).toEqual({ folder: 'calls', removed: 3 });
    expect(JSON.parse((await cache('list')).out)).toEqual({ folder: 'calls', models: [] });
  });

  test('interrupted, it keeps what is answered and says how to resume', async () => {
    await using server = await openAiServer();
    server.options.handle = () => server.asked.length > 2;
    const file = await prompts('stopped.jsonl', 5);
    const run = start('--model', server.base, '--model-name', 'i', '--prompts', file, '--out', 's.jsonl');
    await eventually(async () => expect(await ids('s.jsonl')).toHaveLength(2));
    run.child.kill('SIGINT');
    const { code, err } = await run.ended;
    expect(code).toBe(130);
    expect(err).toContain(
      's.jsonl: 2 answered (8 tokens); stopped with 3 left; re-run the command to resume',
    );
  });

  test('a failed row says why, ends with code 1, and is asked again', async () => {
    await using server = await openAiServer();
    const file = await prompts('failed.jsonl', 3);
    const model = ['--model', server.base, '--model-name', 'f', '--prompts', file, '--out', 'f.jsonl'];
    server.options.handle = ({ prompt }, response) => {
      if (prompt !== 'Question 1') return false;
      response.writeHead(400).end('too long');
      return true;
    };
    const { code, err } = await start(...model).ended;
    expect(code).toBe(1);
    expect(err).toContain('2 answered (8 tokens); 1 failed');
    expect((await rows('f.jsonl')).find(({ id }) => id === '1')).toEqual({
      id: '1',
      text: null,
      finish: 'error',
      error: { kind: 'rejected', message: `${server.base}/completions answered 400: too long` },
      key: KEY,
    });
    server.options.handle = () => false;
    expect((await start(...model).ended).code).toBe(0);
    expect(await ids('f.jsonl')).toEqual([0, 1, 2]);
    expect(server.asked.map(({ prompt }) => prompt).sort()).toEqual([
      'Question 0',
      'Question 1',
      'Question 1',
      'Question 2',
    ]);
  });

  test('answers with other settings for the same file move out of it, so that no file mixes them', async () => {
    await using server = await openAiServer();
    const file = await prompts('same.jsonl', 1);
    const model = ['--model', server.base, '--model-name', 'm', '--prompts', file, '--out', 'same.out.jsonl'];
    const temperatures = () => server.asked.map(({ body }) => body.temperature);
    expect((await start(...model).ended).code).toBe(0);
    const before = await text('same.out.jsonl');
    const { code, err } = await start(...model, '--temperature', '0.7').ended;
    expect([code, temperatures()]).toEqual([0, [0, 0.7]]);
    expect(err).toContain(
      'same.out.jsonl: 1 answered (4 tokens); 1 of other prompts or settings moved to same.out.jsonl.earlier.jsonl\n',
    );
    expect(await rows('same.out.jsonl')).toHaveLength(1);
    expect(await text('same.out.jsonl.earlier.jsonl')).toBe(before);
    // They come back without a call.
    expect((await start(...model).ended).code).toBe(0);
    expect([await text('same.out.jsonl'), temperatures()]).toEqual([before, [0, 0.7]]);
  });

  test('asks for each sample of a prompt with a seed of its own', async () => {
    await using server = await openAiServer();
    const file = await prompts('several.jsonl', 2);
    const flags = [
      '--model',
      server.base,
      '--model-name',
      'm',
      '--prompts',
      file,
      '--out',
      'several.out.jsonl',
    ];
    expect((await start(...flags, '--samples', '3', '--temperature', '1').ended).code).toBe(0);
    const found = (await rows('several.out.jsonl')).map(({ id, sample }) => [id, sample]).sort();
    expect(found).toEqual(['0', '1'].flatMap(id => [0, 1, 2].map(sample => [id, sample])));
    const seeds = server.asked.map(({ body }) => body.seed);
    expect(new Set(seeds).size).toBe(3);
    // One more of each: the others are there.
    expect((await start(...flags, '--samples', '4', '--temperature', '1').ended).code).toBe(0);
    expect(server.asked).toHaveLength(8);
  });
});

describe('imitation-lab generate with a file', async () => {
  const path = await smollm2();

  test('answers by llama.cpp, the same again', withSmollm2(path), async () => {
    const rowsOf = ['Name three colours.', 'Who wrote Hamlet?'].map((prompt, id) =>
      JSON.stringify({ id, prompt }),
    );
    await writeFile(join(folder, 'local.jsonl'), rowsOf.join('\n'));
    const run = (out: string) =>
      start(
        ...['--model', path ?? '', '--prompts', 'local.jsonl', '--out', out],
        ...['--max-tokens', '12', '--temperature', '0', '--chat'],
      ).ended;
    const { code, err } = await run('local-1.jsonl');
    expect([code, err]).toEqual([0, expect.stringContaining('local-1.jsonl: 2 answered (24 tokens)')]);
    const [colours, hamlet] = (await rows('local-1.jsonl')).map(untimed);
    expect(colours).toEqual({ id: '0', text: expect.any(String), tokens: 12, finish: 'length', key: KEY });
    expect(hamlet.text).toContain('Shakespeare');
    expect((await run('local-2.jsonl')).code).toBe(0);
    expect((await rows('local-2.jsonl')).map(untimed)).toEqual([colours, hamlet]);
  });

  test('refuses what it cannot open, and leaves no file behind', async () => {
    const file = await prompts('one.jsonl', 1);
    const refused = async (model: string) =>
      (await start('--model', model, '--prompts', file, '--out', 'none.jsonl').ended).err;
    const required =
      "a model's folder, a .gguf file, a record of answers, the address of an OpenAI-compatible server or a hub's OWNER/NAME is required, found";
    expect(await refused(folder)).toContain(
      `error: Cannot load a tokenizer from ${folder}: it must hold tokenizer.json or tokenizer.model, it holds neither\n`,
    );
    expect(await refused('no.gguf')).toBe(
      'error: --model must be an existing file or folder, the address of a server, or a hub\'s OWNER/NAME, got "no.gguf"\n',
    );
    await writeFile(join(folder, 'one.txt'), 'Why?');
    expect(await refused('one.txt')).toContain(`error: Cannot open one.txt: ${required} another file\n`);
    expect(await refused('http://127.0.0.1:9/v1')).toContain(
      'error: --model-name is required beside an address, got none\n',
    );
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false);
    expect(existsSync(join(folder, 'none.jsonl.manifest.json'))).toBe(false);
  });
});
