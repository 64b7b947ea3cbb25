import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairHash } from '../../../src/text/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { needsRecords, recordsReachable } from '../../fixtures/public-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'judge-command-'));
const run = (...parameters: string[]) => startCommand(folder, ['judge', ...parameters]).ended;
const lastLine = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '');

test.runIf(recordsReachable)(
  needsRecords('imitation-lab judge asks both orders of each pair, and run again asks nothing'),
  async () => {
    // Prefers the longer answer.
    await using server = await openAiServer({
      reply: ({ prompt }) => {
        const [first, second] = [1, 2].map(
          place =>
            new RegExp(
              `Assistant ${place}'s Answer\\]\\n(.*)\\n\\n\\[The End of Assistant ${place}`,
              's',
            ).exec(prompt)?.[1]?.length ?? 0,
        );
        return `${(first ?? 0) > (second ?? 0) ? '9 4' : '4 9'}\nIt is longer.`;
      },
    });
    const rows = [1, 2, 3].map(id => ({
      id,
      prompt: `Question ${id}?`,
      teacher: 'A long answer with many words.',
      student: id === 3 ? 'An even longer answer, with more words than that.' : 'Short.',
    }));
    await writeFile(join(folder, 'answers.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
    const flags = ['--comparison', 'answers.jsonl', '--judge', server.base, '--model-name', 'judge'];
    const first = await run(...flags, '--out', 'judged', '--json');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(lastLine(first.out)).toMatchObject({
      preference: [{ model: 'student', others: ['teacher'], wins: 1, ties: 0, losses: 2, unscored: 0 }],
      positionBias: { consistent: { value: 1, n: 3 } },
      failed: 0,
    });
    expect(server.asked).toHaveLength(6);
    const second = await run(...flags, '--out', 'judged');
    expect(second.out).toContain('student beside teacher: 1 wins, 0 ties, 2 losses, 0 unscored');
    expect(server.asked).toHaveLength(6);
  },
);

test('human ratings are summed up by majority', async () => {
  const rating = (id: string, annotator: string, choice: string) => ({
    ...{ kind: 'rating', id, promptId: '1', annotator, left: 's', right: 't', choice },
    ...{ contentHash: pairHash('S', 'T'), at: '2026-01-01T00:00:00.000Z' },
  });
  const rows = [rating('1', 'ann', 'left'), rating('2', 'bob', 'left'), rating('3', 'cid', 'tie')];
  await writeFile(join(folder, 'x.annotations.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  const { code, out } = await run('--ratings', 'x.annotations.jsonl', '--json');
  expect(code).toBe(0);
  expect(lastLine(out).preference).toMatchObject([
    { model: 's', others: ['t'], wins: 1, annotators: 3, ratings: 3, disagreements: 0 },
  ]);
});

test('without anything to judge it says what is required', async () => {
  expect(await run()).toMatchObject({
    code: 2,
    err: 'error: Cannot judge: --judge, --reviews or --ratings is required, found none of them\n',
  });
});
