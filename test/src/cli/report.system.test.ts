import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/chromium.ts';
import { type Ended, startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { madeAnswers } from '../report/made-answers.ts';

const DOCS = new URL('../../../docs/report.md', import.meta.url);
let folder: string;

const run = (parameters: readonly string[]): Promise<Ended> => startCommand(folder, parameters).ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  const made = madeAnswers(40);
  for (const [name, texts] of Object.entries(made)) {
    const rows = texts.map((output, id) => `${JSON.stringify({ id, prompt: `About ${id}?`, output })}\n`);
    await writeFile(join(folder, `${name}.jsonl`), rows.join(''));
  }
  // A title and a name that would run, were they not escaped.
  const hostile = made.teacher.map((output, id) =>
    JSON.stringify({
      id,
      prompt: `About ${id}?`,
      model: '<script>alert(1)</script>',
      output: `<img src=x>${output}`,
    }),
  );
  await writeFile(join(folder, 'hostile.jsonl'), hostile.join('\n'));
});

const GIVEN = [
  'report',
  '--teacher',
  'teacher.jsonl',
  '--base',
  'base.jsonl',
  '--resamples',
  '200',
  '--quiet',
];

describe('the command', () => {
  test('exits with 0 where no rule is broken, with 1 where one is or was not measured', async () => {
    const student = [...GIVEN, '--student', 'secondTeacher.jsonl', '--out', 'rules'];
    expect(await run([...student, '--fail-if', 'style<.5'])).toMatchObject({ code: 0, err: '' });
    const failed = await run([...student, '--fail-if', 'style<.5', 'style<9', 'knowledge<.8']);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(
      /^style<9: secondTeacher has [\d.]+\nknowledge<0\.8: secondTeacher was not measured\n$/,
    );
  });

  test('prints the report as JSON, which is what it writes', async () => {
    const { code, out } = await run([
      ...GIVEN,
      '--student',
      'secondTeacher.jsonl',
      '--out',
      'json',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(await readFile(join(folder, 'json/report.json'), 'utf8')));
  });

  test.each([
    [['--benchmarks', 'students=x'], '--benchmarks must be ROLE=FOLDER', 2],
    [['--benchmarks', 'student:secondTeacher=nowhere'], 'nowhere', 1],
    [['--fail-if', 'knowlege<.8'], 'did you mean "knowledge"?', 2],
    [['--judge', 'http://127.0.0.1:9/v1'], '--judge-model is required beside an address, got none', 2],
    [['--base', 'missing.jsonl'], '--base must be an existing file or the name of a public record', 2],
    [
      ['--base', 'base.jsonl#nucleus9'],
      'a file of several samplings to choose "nucleus9" from is required',
      1,
    ],
  ])('refuses %j', async (more, message, code) => {
    const ended = await run([...GIVEN, '--student', 'secondTeacher.jsonl', '--out', 'refused', ...more]);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(message);
  });
});

test('a judge at a server is asked about pairs, adherence and refusals, and what it said is kept', async () => {
  await using server = await openAiServer({
    reply: ({ prompt }) =>
      prompt.includes('[[1]]') ? '[[1]]' : prompt.includes('REFUSED') ? 'COMPLIED' : '[[A]]',
  });
  await writeFile(
    join(folder, 'judge.jsonl'),
    JSON.stringify({ prompt_template: '{question} A: {answer_a} B: {answer_b} Reply with [[A]] or [[B]].' }),
  );
  const asked = [
    ...GIVEN,
    '--student',
    'secondTeacher.jsonl',
    '--out',
    'judged',
    '--judge-prompts',
    'judge.jsonl',
  ];
  const judge = ['--judge', server.base, '--judge-model', 'j'];
  const ended = await run([...asked, ...judge]);
  expect(ended).toMatchObject({ code: 0 });
  const made = JSON.parse(await readFile(join(folder, 'judged/report.json'), 'utf8'));
  // The judge prefers the first place: all pairs tie, and the bias shows.
  expect(made.students[0].preference.judge).toMatchObject({ ties: 40, n: 40 });
  expect(made.students[0].preference.positionBias.first.value).toBe(1);
  expect(made.conduct.adherence.secondTeacher).toMatchObject({ value: 1, n: 40 });
  expect(made.conduct.refusals.judge.secondTeacher).toMatchObject({ value: 0, n: 40 });
  const calls = server.asked.length;
  expect((await run([...asked, ...judge])).code).toBe(0);
  expect(server.asked.length).toBe(calls);
});

test('the page of the documentation shows what its commands print', WITH_RECORDS, async () => {
  const page = await readFile(DOCS, 'utf8');
  const shown = [...page.matchAll(/```sh\nnpx imitation-lab (report .*)\n```\n\n```text\n([^`]*)```/g)];
  expect(shown).toHaveLength(2);
  for (const [, command = '', printed] of shown) {
    const { out, err } = await run(command.split(' '));
    expect(err.replace(/^fetch .*\n/gm, '')).toBe('');
    expect(out).toBe(printed);
  }
});

describe('report.html', () => {
  let browser: Browser;

  beforeAll(async () => {
    const executablePath = await ensureChromium();
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
    const ended = await run([...GIVEN, '--student', 'secondTeacher.jsonl', 'hostile.jsonl', '--out', 'page']);
    expect(ended.code).toBe(0);
  });
  afterAll(() => browser?.close());

  /** Opens the page from disk, and lists what it asked for and what went wrong. */
  async function open(
    colorScheme: 'light' | 'dark',
  ): Promise<{ page: Page; requests: string[]; problems: string[] }> {
    const page = await browser.newPage({ colorScheme, bypassCSP: true });
    const [requests, problems]: [string[], string[]] = [[], []];
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => problems.push(message.text()));
    page.on('dialog', dialog => problems.push(dialog.message()));
    await page.goto(`file://${join(folder, 'page/report.html')}`);
    return { page, requests, problems };
  }

  test.each(['light', 'dark'] as const)(
    'opens from disk without a request and without violations (%s)',
    async scheme => {
      const { page, requests, problems } = await open(scheme);
      expect(requests).toEqual([`file://${join(folder, 'page/report.html')}`]);
      expect(problems).toEqual([]);
      await page.evaluate(axe.source);
      const violations = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(violations).toEqual([]);
      const [red = 0] = await page.evaluate(
        () =>
          getComputedStyle(document.querySelector('main') ?? document.body)
            .backgroundColor.match(/\d+/g)
            ?.map(Number) ?? [],
      );
      expect(red < 128).toBe(scheme === 'dark');
      await page.close();
    },
  );

  test('fits an A4 page when it is printed, and a telephone', async () => {
    const { page } = await open('light');
    await page.emulateMedia({ media: 'print' });
    // 210 mm less two margins of 14 mm, at 96 dots an inch.
    await page.setViewportSize({ width: Math.floor(((210 - 28) / 25.4) * 96), height: 1000 });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // A4 in points, within one.
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 59[456](?:\.\d+)? 84[123](?:\.\d+)?\]/);
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.close();
  });

  /** Pixels by which the page is wider than its window. */
  function overflowOf(page: Page): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
});
