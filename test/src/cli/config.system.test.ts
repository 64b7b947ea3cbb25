import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { startCommand } from '../../fixtures/command-line.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

const folder = await mkdtemp(join(tmpdir(), 'config-'));
await mkdir(join(folder, 'configs'));
const run = (...parameters: string[]) => startCommand(folder, parameters).ended;

async function config(value: unknown): Promise<string> {
  await writeFile(join(folder, 'configs', 'mine.json'), JSON.stringify(value));
  return 'configs/mine.json';
}

const published = async (name: string) =>
  JSON.parse(
    await readFile(createRequire(import.meta.url).resolve(`imitation-lab/${name}.schema.json`), 'utf8'),
  );

test.each([
  ['convert', { from: 'a.gguf', to: 'b', maxShardSize: '5GB' }, { maxShardSize: '5' }],
  ['generate', { model: 'm', prompts: 'p.jsonl', out: 'o.jsonl', topP: 0.5 }, { topP: 0 }],
  ['score', { model: 'm', input: 'i.jsonl' }, { concurrency: 0 }],
  ['serve', { model: 'm', port: 0 }, { port: 70_000 }],
  ['train', { model: 'm', data: ['d.jsonl'], out: 'o', lora: { rank: 2, alpha: 4 } }, { learningRate: -1 }],
])(
  'the package publishes the schema of %s’s config, and it accepts right and refuses wrong ones',
  async (name, right, wrong) => {
    const ajv = new Ajv2020({ schemas: [await published('option')] });
    const valid = ajv.compile(await published(`${name}-config`));
    expect([valid(right), valid({ ...right, ...wrong }), valid({ ...right, surplus: 1 })]).toEqual([
      true,
      false,
      false,
    ]);
  },
);

test.each(['convert', 'generate', 'score', 'serve', 'train'])(
  'the help of %s names each option of its config in the schema’s words',
  async name => {
    const { properties } = await published(`${name}-config`);
    const help = (await run(name, '--help')).out.replace(/\s+/g, ' ');
    for (const [option, { description }] of Object.entries<{ description?: string }>(properties)) {
      if (option === '$schema' || option === 'init' || option === 'lora') continue;
      const flag = `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
      expect(help).toMatch(new RegExp(`${flag}|\\[${option}\\]`));
      // Choices follow in the same brackets.
      if (description !== undefined) expect(help).toContain(description.replace(/\)$/, ''));
    }
  },
);

test('paths in a config are relative to it, and the command line comes first', async () => {
  const model = await tinyModel();
  await writeFile(join(folder, 'configs', 'prompts.jsonl'), '{"id":"a","prompt":"hello"}\n');
  const file = await config({ model, prompts: 'prompts.jsonl', out: 'answers.jsonl', maxTokens: 9 });
  const { code, err } = await run('generate', '--config', file, '--max-tokens', '3');
  expect([code, err]).toEqual([0, expect.stringContaining('1 answered')]);
  const [row] = (await readFile(join(folder, 'configs', 'answers.jsonl'), 'utf8')).split('\n');
  expect(JSON.parse(row ?? '')).toMatchObject({ id: 'a', tokens: 3 });
});

test('a wrong key, a wrong value and a missing one are named with the file', async () => {
  const base = { model: 'm', prompts: 'p.jsonl', out: 'o.jsonl' };
  expect(await run('generate', '--config', await config({ ...base, temprature: 1 }))).toEqual({
    code: 2,
    out: '',
    err: 'error: configs/mine.json: unknown option "temprature"; did you mean "temperature"?\n',
  });
  expect(await run('generate', '--config', await config({ ...base, maxTokens: 'many' }))).toMatchObject({
    code: 2,
    err: 'error: configs/mine.json: maxTokens must be an integer, got "many"\n',
  });
  expect(await run('generate', '--config', await config({ ...base, maxTokens: -5 }))).toMatchObject({
    code: 2,
    err: 'error: configs/mine.json: maxTokens must be >= 1, got -5\n',
  });
  expect(await run('generate', '--config', await config({ ...base, out: undefined }))).toMatchObject({
    code: 2,
    err: 'error: configs/mine.json: --out is required, got none\n',
  });
  expect(await run('convert', 'only-one.gguf')).toMatchObject({
    code: 2,
    err: 'error: <to> is required, got none\n',
  });
});

test('a config that is missing or no JSON object is refused by its name', async () => {
  expect(await run('score', '--config', 'none.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^error: --config must be a file that can be read: ENOENT/),
  });
  expect(await run('score', '--config', await config(['m']))).toMatchObject({
    code: 2,
    err: 'error: configs/mine.json must be a JSON object, got another value\n',
  });
});

test.each([
  [{ benchmarks: { chess: 3 } }, 'unknown option "chess" in benchmarks'],
  [{ benchmarkOptions: { nqq: {} } }, 'unknown option "nqq" in benchmarkOptions; did you mean "nq"?'],
  [{ benchmarkOptions: { nq: { shot: 3 } } }, 'unknown option "shot" in benchmarkOptions.nq'],
  [{ benchmarkOptions: { nq: { shots: 2 } } }, 'benchmarkOptions.nq.shots must be one of 0, 3, got 2'],
])(
  'a study of %j, which no study can have, is wrong usage for each of its commands',
  async (value, problem) => {
    const flags = ['--scale', 'full', '--config', await config(value)];
    for (const command of [['plan'], ['run', '--out', 'study'], ['status', '--out', 'study']]) {
      const { code, err } = await run('study', ...command, ...flags);
      expect([code, err]).toEqual([2, expect.stringMatching(/^error: configs\/mine\.json: /)]);
      expect(err).toContain(problem);
    }
  },
);
