import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';
import { failThirtyPercent, type OpenAiServer, openAiServer } from '../../fixtures/openai-server.ts';
import { eventually } from '../../fixtures/patience.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'evaluate-failing-'));
const ITEMS = 60;
/** Items that are answered before the command is killed. */
const BEFORE = 25;

/** Right for some questions of NQ-open and wrong for the others. */
const knowing = () =>
  openAiServer({
    reply: ({ prompt }) => (/moon|who/.test(prompt.split('Q: ').at(-1) ?? '') ? 'Bobby Scott' : '2'),
  });

const evaluate = ({ base }: OpenAiServer, out: string, patience: readonly string[] = []) =>
  startCommand(folder, [
    ...['evaluate', 'nq', '--shots', '3', '--limit', `${ITEMS}`, '--out', out, '--json', ...patience],
    ...['--model', base, '--model-name', 'm'],
  ]);

/** Ends the wait for a silent server, and never that for one which answers while the machine is busy. */
const PATIENCE = ['--timeout', '3'];

const resultOf = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '');

test(
  'a server that fails three calls of ten, and a kill midway, change no score and ask nothing twice',
  WITH_RECORDS,
  async () => {
    await using steady = await knowing();
    await using failing = await knowing();
    const expected = await evaluate(steady, 'steady').ended;
    expect(resultOf(expected.out)).toMatchObject({ n: ITEMS, metrics: [{ n: ITEMS, unscored: 0 }] });
    expect(resultOf(expected.out).metrics[0].value).toBeGreaterThan(0);

    const fail = failThirtyPercent(7);
    const answered = () => failing.asked.filter(({ failure }) => !failure).map(({ prompt }) => prompt);
    // Silent from then on, so that every answer that was given has also come.
    failing.options.fail = (prompt, nth) => (answered().length >= BEFORE ? 'silent' : fail(prompt, nth));
    const { child, ended } = evaluate(failing, 'failing', PATIENCE);
    await eventually(async () => {
      const log = await readFile(join(folder, 'failing', 'outputs.jsonl'), 'utf8');
      expect(log.trim().split('\n')).toHaveLength(BEFORE);
    });
    child.kill('SIGKILL');
    expect((await ended).code).toBe(null);

    failing.options.fail = fail;
    const found = await evaluate(failing, 'failing', PATIENCE).ended;
    expect(found.code).toBe(0);
    expect(resultOf(found.out)).toEqual(resultOf(expected.out));
    expect(answered().sort()).toEqual(steady.asked.map(({ prompt }) => prompt).sort());
    expect(new Set(failing.asked.map(({ failure }) => failure)).size).toBe(5);
  },
);
