import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';
import { answerTo, type Failure, openAiServer } from '../../fixtures/openai-server.ts';
import { eventually } from '../../fixtures/patience.ts';

const folder = await mkdtemp(join(tmpdir(), 'odd-server-'));

const start = (...parameters: string[]) => startCommand(folder, ['generate', ...parameters]);

interface Row {
  id: string;
  text: string | null;
  reasoning?: string;
  finish: string;
}

async function rows(name: string): Promise<Row[]> {
  const path = join(folder, name);
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

const answered = async (name: string) => (await rows(name)).filter(({ text }) => text !== null);

async function prompts(name: string, count: number): Promise<string> {
  const lines = Array.from({ length: count }, (_, id) => JSON.stringify({ id, prompt: `Question ${id}` }));
  await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  return name;
}

test.each([
  { server: 'that sends answers whole', streams: undefined, file: 'whole' },
  { server: 'that only streams', streams: 'refuses' as const, file: 'streamed' },
])(
  'of a server $server nothing is lost, kept that is no answer, or asked again that was answered, however the run is stopped',
  async ({ streams, file: name }) => {
    const FAILURES: Readonly<Record<string, [Failure, number]>> = {
      'Question 1': ['null', 1],
      'Question 2': ['filtered', 1],
      'Question 3': ['reasoning', 1],
      'Question 4': ['too many', 1],
      'Question 5': ['page', 3],
      'Question 6': ['no choices', 3],
      'Question 7': ['cut', 1],
      'Question 8': ['broken', 1],
    };
    const given: string[] = [];
    let quota = 0;
    await using server = await openAiServer({
      ...(streams && { streams }),
      reply: ({ prompt }) => `<think>Hm.</think>${answerTo(prompt)}`,
      finish: prompt => (prompt === 'Question 9' ? 'length' : 'stop'),
      fail: (prompt, nth) => {
        const [failure, times] = FAILURES[prompt] ?? [];
        return nth <= (times ?? 0) ? failure : undefined;
      },
      // Beyond the quota calls wait until the process is gone.
      handle: ({ prompt, failure }) => {
        if (failure) return false;
        if (given.length >= quota) return true;
        given.push(prompt);
        return false;
      },
    });
    const file = await prompts(`${name}.jsonl`, 12);
    const out = `${name}.out.jsonl`;
    const flags = [
      '--model',
      server.base,
      '--model-name',
      'm',
      '--chat',
      '--concurrency',
      '2',
      '--prompts',
      file,
    ];
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
      quota += 3;
      const run = start(...flags, '--out', out);
      await eventually(async () => expect(await answered(out)).toHaveLength(quota));
      run.child.kill(signal);
      const { code } = await run.ended;
      expect(code).toBe(signal === 'SIGKILL' ? null : 130);
    }
    quota = Number.POSITIVE_INFINITY;
    const codes: (number | null)[] = [];
    while (codes.at(-1) !== 0 && codes.length < 4)
      codes.push((await start(...flags, '--out', out).ended).code);
    expect(codes.at(-1)).toBe(0);

    const expected = Array.from({ length: 12 }, (_, id) => ({
      id: `${id}`,
      text: answerTo(`Question ${id}`),
      reasoning: 'Hm.',
      finish: id === 9 ? 'length' : 'stop',
    }));
    const byId = (await rows(out)).sort((a, b) => Number(a.id) - Number(b.id));
    expect(byId).toMatchObject(expected);
    expect(given.length).toBe(new Set(given).size);
    // Each of the processes finds out anew that the server only streams, with no more calls than it makes at once.
    const refused = server.asked.filter(call => call.refused).length;
    expect(refused).toBeLessThanOrEqual(streams ? 2 * (3 + codes.length) : 0);
  },
);

test('a run in which all fail says why by kind, and ends with code 1', async () => {
  await using server = await openAiServer({
    fail: prompt => (prompt === 'Question 0' ? 'null' : 'filtered'),
  });
  const file = await prompts('bad.jsonl', 3);
  const flags = [
    '--model',
    server.base,
    '--model-name',
    'm',
    '--chat',
    '--prompts',
    file,
    '--out',
    'bad.out',
  ];
  const { code, err } = await start(...flags, '--quiet').ended;
  expect(code).toBe(1);
  expect(err).toContain('bad.out: 0 answered (0 tokens); 3 failed; re-run the command to retry them\n');
  expect(err).toContain('  1 no-answer (0): the answer holds no text\n');
  expect(err).toMatch(/ {2}2 filtered \([12], [12]\): a filter kept the answer back\n/);
  const { out } = await start(...flags, '--json', '--quiet').ended;
  expect(JSON.parse(out)).toMatchObject({
    failed: 3,
    failures: expect.arrayContaining([expect.objectContaining({ kind: 'filtered', n: 2 })]),
  });
  expect(await answered('bad.out')).toEqual([]);
});

test('a server that is not there is named', async () => {
  const server = await openAiServer();
  await server[Symbol.asyncDispose]();
  const file = await prompts('none.jsonl', 2);
  const { code, err } = await start(
    ...['--model', server.base, '--model-name', 'm', '--prompts', file, '--out', 'none.out', '--quiet'],
  ).ended;
  expect(code).toBe(1);
  expect(err).toContain(`error: Cannot reach ${new URL(server.base).origin} within 4 s: ECONNREFUSED\n`);
});

test('fields and headers come from the command line and from a config', async () => {
  await using server = await openAiServer();
  const file = await prompts('extra.jsonl', 1);
  const flags = ['--model', server.base, '--model-name', 'm', '--prompts', file];
  const extra = '{"max_tokens": null, "max_completion_tokens": 9}';
  const stated = ['--extra', extra, '--headers', '{"X-Team": "blue"}'];
  expect((await start(...flags, ...stated, '--out', 'flags.out').ended).code).toBe(0);
  const config = { extra: JSON.parse(extra), headers: { 'X-Team': 'red' } };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  expect((await start(...flags, '--config', 'config.json', '--out', 'config.out').ended).code).toBe(0);
  expect(
    server.asked.map(({ body, headers }) => [body.max_tokens, body.max_completion_tokens, headers['x-team']]),
  ).toEqual([
    [undefined, 9, 'blue'],
    [undefined, 9, 'red'],
  ]);
  const wrong = await start(...flags, '--extra', 'effort=low', '--out', 'wrong.out').ended;
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining('--extra must be a JSON object, got "effort=low"'),
  ]);
  expect(await readFile(join(folder, 'flags.out.manifest.json'), 'utf8')).not.toContain('blue');
});
