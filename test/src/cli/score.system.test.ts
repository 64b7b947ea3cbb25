import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { resolveBackend } from '../../../src/compute/index.ts';
import { localModel } from '../../../src/generate/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { eventually } from '../../fixtures/patience.ts';
import { servedModel } from '../../fixtures/served-model.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

const folder = await mkdtemp(join(tmpdir(), 'score-'));
afterAll(() => rm(folder, { recursive: true }));
const served = servedModel();

const start = (...parameters: string[]) => startCommand(folder, ['score', ...parameters]);

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
const rowsIn = async (name: string) =>
  existsSync(join(folder, name)) ? rowsOf(await readFile(join(folder, name), 'utf8')) : [];

async function input(name: string, rows: object[]): Promise<string> {
  await writeFile(join(folder, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return name;
}

const ITEMS = [
  { id: 'a', prompt: 'hello', continuation: 'xyz' },
  { id: 2, prompt: 'why?', continuation: 'b' },
  { id: 'c', prompt: 'x'.repeat(30), continuation: 'y' },
  { id: 'd', prompt: 'hello', continuation: 'q' },
];

describe('imitation-lab score', () => {
  test('prints a row for each of the input, in its order, as the model of a folder scores it', async () => {
    await resolveBackend({ prefer: 'cpu' });
    const tiny = await tinyModel();
    const model = await localModel(tiny);
    const file = await input('items.jsonl', ITEMS);
    const { code, out } = await start('--model', tiny, '--input', file, '--json').ended;
    expect(code).toBe(1);
    const scored = [0, 1, 3].map(async index => {
      const { prompt = '', continuation = '' } = ITEMS[index] ?? {};
      const [logprob = 0] = await model.score(prompt, [continuation]);
      return expect.closeTo(logprob, 4);
    });
    const [a, b, d] = await Promise.all(scored);
    expect(rowsOf(out)).toEqual([
      { id: 'a', logprob: a, tokens: 3, greedy: false },
      { id: 2, logprob: b, tokens: 1, greedy: false },
      { id: 'c', logprob: null, error: expect.stringContaining('Cannot score 32 tokens') },
      { id: 'd', logprob: d, tokens: 1, greedy: false },
    ]);
    expect(Object.keys(rowsOf(out)[0])).toEqual(['id', 'logprob', 'tokens', 'greedy']);

    // As a chat, the same rows are other prompts: none is taken for one of plain text.
    const kept = ['--model', tiny, '--input', file, '--out', 'chats.jsonl'];
    await start(...kept).ended;
    await start(...kept, '--chat').ended;
    const chat = { id: 'a', prompt: 'hello', continuation: 'xyz', chat: true };
    const chats: number[] = [];
    for await (const { logprob } of model.scoreEach([chat])) chats.push(logprob ?? Number.NaN);
    expect((await rowsIn('chats.jsonl'))[0]).toMatchObject({
      id: 'a',
      logprob: expect.closeTo(chats[0] ?? 0, 4),
    });
    expect(chats[0]).not.toEqual(a);
    expect(await rowsIn('chats.jsonl.earlier.jsonl')).toHaveLength(3);
    model.dispose();
    await rm(tiny, { recursive: true });
  });

  test('gives the same by a server that echoes, such as ours, and prints it to read', async () => {
    const file = await input('three.jsonl', [ITEMS[0], ITEMS[1], ITEMS[3]] as object[]);
    const server = ['--model', served.server.base, '--model-name', 'tiny', '--input', file];
    const { code, out } = await start(...server).ended;
    expect(code).toBe(0);
    const [logprob = 0] = await served.model.score('hello', ['xyz']);
    expect(out.split('\n')[0]).toBe(`a: ${logprob.toFixed(4)} nats, 3 tokens`);
    const rows = rowsOf((await start(...server, '--json').ended).out);
    expect(rows.map(({ id, tokens, greedy }) => [id, tokens, greedy])).toEqual([
      ['a', 3, false],
      [2, 1, false],
      ['d', 1, false],
    ]);
  });

  test('killed and re-run, it asks nothing twice, and the file is in the order of the input', async () => {
    await using server = await openAiServer();
    server.options.handle = () => server.asked.length > 10;
    const items = Array.from({ length: 30 }, (_, id) => ({ id, prompt: `p${id}`, continuation: ' ab' }));
    const file = await input('thirty.jsonl', items);
    const flags = [
      '--model',
      server.base,
      '--model-name',
      'm',
      '--input',
      file,
      '--out',
      'out.jsonl',
      '--json',
    ];
    const killed = start(...flags);
    await eventually(async () => expect(await rowsIn('out.jsonl')).toHaveLength(10));
    killed.child.kill('SIGKILL');
    await killed.ended;
    const asked = server.asked.slice(0, 10).map(({ prompt }) => prompt);
    server.options.handle = () => false;
    const calls = server.asked.length;
    await appendFile(join(folder, 'out.jsonl'), '{"id":29,"lo');
    const { code, out } = await start(...flags).ended;
    expect(code).toBe(0);
    expect(rowsOf(out).at(-1)).toEqual({ out: 'out.jsonl', before: 10, scored: 20, failed: 0, left: 0 });
    expect(rowsOf(out)[0]).toEqual({ task: 'score with m', done: 0, total: 20, unit: 'continuations' });
    const again = server.asked.slice(calls).map(({ prompt }) => prompt);
    expect(again).toHaveLength(20);
    expect(again.filter(prompt => asked.includes(prompt))).toEqual([]);
    // A token is a word here, and minus its letters its log-probability; the server does not report what is greedy.
    expect(await rowsIn('out.jsonl')).toEqual(
      items.map(({ id }) => ({ id, logprob: -2, tokens: 1, key: expect.stringMatching(/^[0-9a-f]{64}$/) })),
    );
    const manifest = JSON.parse(await readFile(join(folder, 'out.jsonl.manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      model: { name: 'm', identity: `server ${server.base} model m` },
      config: { model: server.base, modelName: 'm' },
    });
    expect(JSON.stringify(manifest)).not.toContain('sk-local');
  });

  test('interrupted, it keeps what is scored and ends with 130', async () => {
    await using server = await openAiServer();
    server.options.handle = () => server.asked.length > 2;
    const items = Array.from({ length: 5 }, (_, id) => ({ id, prompt: `i${id}`, continuation: ' ab' }));
    const file = await input('five.jsonl', items);
    const run = start('--model', server.base, '--model-name', 'm', '--input', file, '--out', 'i.jsonl');
    await eventually(async () => expect(await rowsIn('i.jsonl')).toHaveLength(2));
    run.child.kill('SIGINT');
    const { code, err } = await run.ended;
    expect([code, err]).toEqual([130, expect.stringContaining('i.jsonl: 2 scored; stopped with 3 left\n')]);
  });

  test('names the line that is no row, and a model that cannot score', async () => {
    const refused = async (rows: object[], ...flags: string[]) =>
      (await start('--model', served.folder, '--input', await input('bad.jsonl', rows), ...flags).ended).err;
    const good = { id: 1, prompt: 'x', continuation: 'y' };
    expect(await refused([good, { id: 2, prompt: 'x' }])).toBe(
      'error: Cannot read bad.jsonl:2: a text under each of "prompt" and "continuation" is required, found id, prompt\n',
    );
    expect(await refused([good, { ...good, id: '1' }])).toContain('bad.jsonl:2');
    expect(await refused([{ prompt: 'x', continuation: 'y' }])).toContain('a text or number under "id"');
    await writeFile(join(folder, 'record.jsonl'), '{"prompt":"Why?","output":"Because."}\n');
    expect(await refused([good], '--model', 'record.jsonl')).toContain(
      'error: Cannot score with record: a model that gives log-probabilities is required',
    );
  });
});
