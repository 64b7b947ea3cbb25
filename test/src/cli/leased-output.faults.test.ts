import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { acquireLease, folderLease } from '../../../src/runs/index.ts';
import { type Running, startCommand } from '../../fixtures/command-line.ts';
import { type OpenAiServer, openAiServer } from '../../fixtures/openai-server.ts';
import { PATIENCE_MS } from '../../fixtures/patience.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';
import { writeResults } from '../study/example-study.ts';

const folder = await mkdtemp(join(tmpdir(), 'leased-'));
afterAll(() => rm(folder, { recursive: true }));

const lines = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
const IDS = Array.from({ length: 6 }, (_, id) => id);
const PROMPTS = {
  category: 'general',
  system_prompt: 'You check answers.',
  prompt_template: '[Q]{question}[1]{answer_1}[2]{answer_2}[S]{prompt}',
  defaults: { prompt: 'Rate them.' },
};
await writeFile(join(folder, 'prompts.jsonl'), lines(IDS.map(id => ({ id, prompt: `Question ${id}?` }))));
await writeFile(
  join(folder, 'items.jsonl'),
  lines(IDS.map(id => ({ id, prompt: `Question ${id}?`, continuation: ' yes' }))),
);
await writeFile(
  join(folder, 'answers.jsonl'),
  lines(
    IDS.map(id => ({ id, prompt: `Question ${id}?`, teacher: `Answer ${id}.`, student: `Guess ${id}.` })),
  ),
);
await writeFile(join(folder, 'judge.jsonl'), JSON.stringify(PROMPTS));

interface LeasedCommand {
  flags: string[];
  task: string;
  out: string;
  lease: string;
  reply: string;
}

const COMMANDS: Readonly<Record<'generate' | 'score' | 'judge' | 'evaluate', LeasedCommand>> = {
  generate: {
    flags: ['generate', '--prompts', 'prompts.jsonl', '--concurrency', '1', '--model'],
    task: 'generate',
    out: 'generated.jsonl',
    lease: 'generated.jsonl.lease.json',
    reply: 'Yes.',
  },
  score: {
    flags: ['score', '--input', 'items.jsonl', '--concurrency', '1', '--model'],
    task: 'score',
    out: 'scored.jsonl',
    lease: 'scored.jsonl.lease.json',
    reply: '',
  },
  judge: {
    flags: [
      ...['judge', '--comparison', 'answers.jsonl', '--judge-prompts', 'judge.jsonl'],
      ...['--concurrency', '1', '--judge'],
    ],
    task: 'judge',
    out: 'judged',
    lease: 'judged/lease.json',
    reply: '8 6\nThe first is right.',
  },
  evaluate: {
    flags: ['evaluate', 'nq', '--limit', '6', '--shots', '0', '--concurrency', '1', '--model'],
    task: 'evaluate nq',
    out: 'evaluated',
    lease: 'evaluated/lease.json',
    reply: 'yes',
  },
};

const start = (server: OpenAiServer, { flags, out }: LeasedCommand, host: string) =>
  startCommand(folder, [...flags, server.base, '--model-name', 'm', '--out', out], {
    IMITATION_LAB_HOST: host,
  });

/** Waits until the server has left a call without an answer. */
async function hangs(server: OpenAiServer, calls: number, { ended }: Running): Promise<void> {
  let end: unknown;
  void ended.then(result => {
    end = result;
  });
  await vi.waitUntil(() => server.asked.length > calls || end !== undefined, { timeout: PATIENCE_MS });
  expect(end).toBeUndefined();
}

describe('the output of a command', () => {
  const stopped = async (command: LeasedCommand) => {
    await using server = await openAiServer({ reply: () => command.reply });
    // Two calls are answered before each stop.
    server.options.handle = () => server.asked.length > 2;
    const first = start(server, command, 'node1');
    await hangs(server, 2, first);

    for (const host of ['node1', 'node2']) {
      const { code, err } = await start(server, command, host).ended;
      const refusal = `Cannot write ${command.out}: process ${first.child.pid} on node1 \\(${command.task}\\) has its lease until \\d{4}-`;
      expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(refusal))]);
    }
    expect(server.asked).toHaveLength(3);

    first.child.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 130, err: expect.stringMatching(/stopped/i) });
    expect(existsSync(join(folder, command.lease))).toBe(false);

    server.options.handle = () => server.asked.length > 5;
    const second = start(server, command, 'node2');
    await hangs(server, 5, second);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 130, err: expect.stringMatching(/stopped/i) });
    expect(existsSync(join(folder, command.lease))).toBe(false);

    server.options.handle = () => false;
    const { code, err } = await start(server, command, 'node1').ended;
    expect(code, err).toBe(0);
    // Nothing that was answered is asked again: only the two calls that were cut off.
    const asked = server.asked.map(({ prompt }) => prompt);
    expect(asked.length - new Set(asked).size).toBe(2);
  };

  test.each(['generate', 'score', 'judge'] as const)(
    '%s is written by one process, and stopped by either signal',
    name => stopped(COMMANDS[name]),
  );
  test('evaluate is written by one process, and stopped by either signal', WITH_RECORDS, () =>
    stopped(COMMANDS.evaluate),
  );

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'study run is written by one process, and stopped by %s',
    async signal => {
      const flags = ['study', 'run', '--scale', 'tiny', '--seeds', '1', '--workers', '1', '--out', signal];
      const first = startCommand(folder, [...flags, '--json'], { IMITATION_LAB_HOST: 'node1' });
      await new Promise(started => first.child.stdout?.once('data', started));
      const { code, err } = await startCommand(folder, flags, { IMITATION_LAB_HOST: 'node2' }).ended;
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(
          `Cannot write ${signal}: process ${first.child.pid} on node1 (plan) has its lease until`,
        ),
      ]);
      first.child.kill(signal);
      const ended = await first.ended;
      expect([ended.code, ended.err]).toEqual([130, '']);
      expect(JSON.parse(ended.out.trim().split('\n').at(-1) ?? '')).toEqual({
        out: signal,
        ended: 'interrupted',
      });
      expect(existsSync(join(folder, signal, 'lease.json'))).toBe(false);
    },
  );

  test('convert and study record write nothing where another process does', async () => {
    const model = await tinyModel();
    await writeResults(join(folder, 'study'));
    for (const [to, file, flags] of [
      ['converted', 'model.safetensors', ['convert', model, 'converted']],
      ['recorded', 'rows.jsonl', ['study', 'record', '--out', 'study', '--to', 'recorded']],
    ] as const) {
      const lease = await acquireLease(folderLease(join(folder, to)), { task: 'train' });
      const { code, err } = await startCommand(folder, [...flags]).ended;
      const refusal = `Cannot write ${to}: process ${process.pid} on .* \\(train\\) has its lease until`;
      expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(refusal))]);
      expect(await readdir(join(folder, to))).toEqual(['lease.json']);
      await lease.release();
      expect((await startCommand(folder, [...flags]).ended).code).toBe(0);
      const written = await readdir(join(folder, to));
      expect([written.includes(file), written.includes('lease.json')]).toEqual([true, false]);
    }
  });

  test('data build is written by one process, and stopped by a signal', async () => {
    await using server = await openAiServer({ reply: () => '[]' });
    server.options.handle = () => server.asked.length > 1;
    const flags = ['data', 'build', 'nq-synthetic', '--count', '4', '--concurrency', '1', '--out', 'set'];
    const build = (host: string) =>
      startCommand(folder, [...flags, '--model', server.base, '--model-name', 'm'], {
        IMITATION_LAB_HOST: host,
      });
    const first = build('node1');
    await hangs(server, 1, first);
    const { code, err } = await build('node2').ended;
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(
        `Cannot write set: process ${first.child.pid} on node1 (data build) has its lease until`,
      ),
    ]);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 130, err: expect.stringContaining('Stopped; re-run') });
    expect(existsSync(join(folder, 'set', 'lease.json'))).toBe(false);
  });
});
