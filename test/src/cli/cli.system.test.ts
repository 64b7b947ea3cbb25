import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openGguf } from '../../../src/model/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { tinyGguf } from '../../fixtures/tiny-model.ts';

const folder = await mkdtemp(join(tmpdir(), 'cli-'));

/** Runs the built command line; `code` is its exit code. */
const run = (...parameters: string[]) => startCommand(folder, parameters).ended;

async function answers(name: string, ...texts: (string | null)[]): Promise<string> {
  const lines = texts.map((text, id) =>
    JSON.stringify({ id, text, ...(text === null ? { error: 'timeout' } : {}) }),
  );
  await writeFile(join(folder, name), lines.join('\n'));
  return name;
}

describe('imitation-lab refusals', () => {
  test('counts by the lexicon, and states its agreement with labelled texts', async () => {
    const model = await answers('refusing.jsonl', 'I’m sorry, I can’t help with that.', 'Paris.', null);
    await writeFile(join(folder, 'harmless.jsonl'), '{"id": 0, "prompt": "How do I kill a process?"}\n');
    const parameters = ['refusals', '--model', model, '--harmless', 'harmless.jsonl'];
    const { code, out } = await run(...parameters, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      model: 'refusing',
      method: 'lexicon 1 (English)',
      n: 2,
      refused: { value: 0.5, n: 2 },
      overRefused: { value: 1, n: 1 },
      unscored: [{ promptId: '2', reason: 'timeout' }],
      agreement: { texts: { agreement: { n: 52 } } },
      verdicts: [{ promptId: '0', refused: true, quote: 'sorry, I can’t' }, { refused: false }, {}],
    });
    const text = (await run(...parameters)).out;
    expect(text).toMatch(/^over-refused, of harmless prompts +1\.000 {2}\[0\.207, 1\.000\] {4}n = 1$/m);
    expect(text).toMatch(/^ {2}κ +0\.\d{3} {2}\[0\.\d{3}, 0\.\d{3}\] {4}n = 52$/m);
  });

  test('asks a judge, and states what it requires', async () => {
    const model = await answers('judged.jsonl', 'No.', 'Yes.');
    await using server = await openAiServer({
      reply: ({ prompt }: { prompt: string }) => (prompt.includes('[Answer]\nNo.') ? 'REFUSED' : 'COMPLIED'),
    });
    const judge = ['--judge', server.base, '--judge-model', 'strict'];
    const { code, out } = await run('refusals', '--model', model, ...judge, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ method: 'judge strict', refused: { value: 0.5, n: 2 } });
    expect(await run('refusals', '--model', model, '--judge', 'http://127.0.0.1:9/v1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--judge-model is required beside an address, got none'),
    });
  });
});

describe('imitation-lab style', () => {
  test('prints every measure as value, low, high and n in JSON, and what failed to join', async () => {
    const teacher = await answers('teacher.jsonl', '- a\n- b', 'one two', 'one', 'x', 'y');
    const model = await answers('model.jsonl', '- a\n- b', 'one two', 'two', null);
    const { code, out, err } = await run(
      'style',
      '--teacher',
      teacher,
      '--model',
      model,
      '--json',
      '--seed',
      '3',
    );
    expect([code, err]).toEqual([
      0,
      'teacher.jsonl: table, 5 prompts, answers of teacher.\nmodel.jsonl: table, 4 prompts, answers of model; 1 answer missing.\n',
    ]);
    const style = JSON.parse(out);
    expect(style).toMatchObject({
      n: 3,
      // Wilson's intervals of 1 of 1 and of 0 of 2.
      list: { value: 1, low: expect.closeTo(0.2065, 4), high: 1, n: 1 },
      listWithout: { value: 0, low: 0, high: expect.closeTo(0.6576, 4), n: 2 },
      listDifference: { value: null, low: null, high: null, n: 3 },
      summary: { value: null, low: null, high: null, n: 0 },
      unigram: { n: 3 },
      length: { n: 3 },
      teacher: 'teacher',
      model: 'model',
      unmatched: [
        { promptId: '3', missing: ['model'], reason: 'timeout' },
        { promptId: '4', missing: ['model'] },
      ],
      duplicates: [],
    });
    // Dice of 100, 100 and 0.
    expect(style.unigram.value).toBeCloseTo(200 / 3, 10);
    // Word counts 4, 2, 1 on both sides.
    expect(style.length.value).toBeCloseTo(1, 10);
  });

  test('prints the same to read', async () => {
    const teacher = await answers('t.jsonl', 'one two', 'one');
    const model = await answers('m.jsonl', 'one two');
    const { code, out } = await run('style', '--teacher', teacher, '--model', model, '--resamples', '10');
    expect(code).toBe(0);
    expect(out).toContain(
      't → m, 1 prompt answered by both; 95 % intervals: Wilson’s of shares, Newcombe’s of J, else bootstrap\n',
    );
    expect(out).toMatch(/^unigram intersection, % +100\.0 {2}\[100\.0, 100\.0\] {4}n = 1$/m);
    expect(out).toMatch(/^summary: P\(model \| teacher\) +– +n = 0$/m);
    expect(out).toMatch(/^summary: J, the difference +– +n = 1$/m);
    expect(out).toContain('Not measured, 1:\n  1: no answer by m\n');
  });

  test('cuts reasoning and echoed prompts, and states how much', async () => {
    const prompt = 'Say one, and then two.';
    await writeFile(join(folder, 'questions.jsonl'), `${JSON.stringify({ id: 0, prompt })}\n`);
    const teacher = await answers('plain.jsonl', 'one two');
    const model = await answers('raw.jsonl', `${prompt}\n<think>one\n- or two\n- or three</think>\none two`);
    const both = ['style', '--teacher', teacher, '--model', model, '--resamples', '10'];
    const { out } = await run(...both, '--prompts', 'questions.jsonl', '--json');
    expect(JSON.parse(out)).toMatchObject({
      unigram: { value: 100 },
      listWithout: { value: 0 },
      words: {
        teacher: { answers: 0, kept: 2, reasoning: 0, echo: 0 },
        model: { answers: 1, kept: 2, reasoning: 7, echo: 5 },
      },
      unknownPrompts: 0,
    });
    const text = (await run(...both)).out;
    expect(text).toContain('raw: 7 words kept; cut from 1 answer: 7 of reasoning, 0 of echoed prompts\n');
    expect(text).toContain(
      'Prompts whose texts are unknown, so that no echo of them is cut (--prompts): 1.\n',
    );
  });

  test('takes models by name out of one table', async () => {
    await writeFile(join(folder, 'wide.csv'), 'prompt,gpt,vicuna\nWhy?,So.,So.\n');
    const both = ['--teacher', 'wide.csv', '--model', 'wide.csv', '--teacher-name', 'gpt'];
    expect(JSON.parse((await run('style', ...both, '--model-name', 'vicuna', '--json')).out)).toMatchObject({
      n: 1,
      teacher: 'gpt',
      model: 'vicuna',
    });
    expect(await run('style', ...both, '--model-name', 'llama')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: wide.csv: --model-name must be one of gpt, vicuna, got "llama"\n/m),
    });
    expect(await run('style', ...both, '--model-name', 'vicunia')).toMatchObject({
      code: 2,
      err: expect.stringContaining('gpt, vicuna, got "vicunia"; did you mean "vicuna"?\n'),
    });
    expect(await run('style', ...both)).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'error: Cannot compare wide.csv: answers of one model are required, found those of gpt, vicuna\n',
      ),
    });
  });

  test('skips a broken line 17 and lists it; with --strict it is an error that names file and line', async () => {
    const reason = 'one JSON object on the line is required, found "{"id": 17, "te"';
    const whole = Array.from({ length: 16 }, (_, id) => `{"id": ${id + 1}, "text": "a"}\n`).join('');
    await writeFile(join(folder, 'broken.jsonl'), `${whole}{"id": 17, "te`);
    const broken = ['style', '--teacher', 'broken.jsonl', '--model', 'broken.jsonl'];
    const { code, out, err } = await run(...broken);
    expect([code, out]).toEqual([0, expect.stringContaining('16 prompts answered by both')]);
    expect(err).toContain(
      `broken.jsonl: table, 16 prompts, answers of broken; skipped 1 row: broken.jsonl:17 (${reason}).\n`,
    );
    const strict = await run(...broken, '--strict');
    expect([strict.code, strict.out]).toEqual([1, '']);
    expect(strict.err).toMatch(/^error: Cannot read broken\.jsonl:17: .*\n$/);
    expect((await run(...broken, '--strict', '--debug')).err).toMatch(
      /ReadError: Cannot read broken\.jsonl:17.*\n\s+at /,
    );
  });
});

describe('imitation-lab fetch', () => {
  test('lists records with size and licence, as text and as JSON', async () => {
    const { code, out } = await run('fetch', '--list', 'oasst-250');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(7);
    expect(out).toMatch(/^oasst\/gpt35 +261 kB {2}Open-Assistant\/oasst-model-eval \(Apache-2\.0\)$/m);
    const { records, sets } = JSON.parse((await run('fetch', '--list', '--json')).out);
    expect(records).toHaveLength(1247);
    expect(sets['oasst-250']).toContain('oasst/gpt35-lottery');
  });

  test('fetches a model from a hub, and says why it cannot', async () => {
    const { code, out, err } = await run(
      'fetch',
      'model',
      'lab/small',
      '--hub',
      'http://127.0.0.1:9',
      '--json',
    );
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('error: Cannot look up the model lab/small: http://127.0.0.1:9 does not answer');
  });

  test('refuses an unknown name, listed or fetched', async () => {
    const err =
      'error: <names> must be records, sets or patterns such as hc3/*, got "fastchat-8"; did you mean "fastchat-80"?\n';
    expect(await run('fetch', 'fastchat-8')).toEqual({ code: 2, out: '', err });
    expect(await run('fetch', 'fastchat-8', '--list')).toEqual({ code: 2, out: '', err });
  });

  test('fetches a set and says where each file is', WITH_RECORDS, async () => {
    const { out } = await run('fetch', 'fastchat-80', '--json');
    const fetched: { name: string; path: string; bytes: number }[] = JSON.parse(out);
    expect(fetched.map(({ name }) => name)).toContain('fastchat/vicuna-13b');
    for (const { path, bytes } of fetched) expect((await readFile(path)).length).toBe(bytes);
  });
});

test.each([
  [['style', '--teacher', 'x.jsonl'], '--model is required, got none'],
  [['style', '--teacher', 'x', '--model', 'y', '--seed', '1.5'], '--seed must be an integer, got 1.5'],
  [['style', '--teacher', 'x', '--model', 'y', '--seed'], '--seed requires a value, got none'],
  [
    ['style', '--teacher', 'x.jsonl', '--model', 'y'],
    '--teacher must be an existing file or the name of a public record, got "x.jsonl"',
  ],
  [['style', 'x', 'y'], 'style allows no arguments, got "x", "y"'],
  [['fetch'], '<names>, or --list, is required, got none'],
  [['fetch', 'model'], '<id> is required, got none'],
  [['stile'], 'unknown command "stile"; did you mean "style"?'],
  [['study', 'rum'], 'unknown command "rum"; did you mean "run"?'],
  [['stile', '--help'], 'unknown command "stile"; did you mean "style"?'],
  [['nope', '--help'], 'unknown command "nope"'],
  [['study', 'rum', '-h'], 'unknown command "rum"; did you mean "run"?'],
  [['help', 'study', 'rum'], 'unknown command "rum"; did you mean "run"?'],
  [['evaluate', 'nq', '--shots', '2'], '--shots must be one of 0, 3, got 2'],
  [['evaluate', 'nq', '--split', 'val'], '--split is no option of nq; its options: shots'],
  [['evaluate', 'nq', '--limt', '3'], 'unknown option "--limt"; did you mean "--limit"?'],
  [['evaluate', 'nq', '--limit', '-1'], '--limit must be >= 1, got -1'],
  [['evaluate', 'nq', '--limit', '2.5'], '--limit must be an integer, got 2.5'],
  [['generate', '--max-tokens', '-5'], '--max-tokens must be >= 1, got -5'],
  [
    ['evaluate', 'gms8k'],
    '<benchmark> must be one of mmlu, nq, humaneval, gsm8k, cnn-dm, toxicity, got "gms8k"; did you mean "gsm8k"?',
  ],
  [
    ['study', 'plan', '--scale', 'tny'],
    '--scale must be one of tiny, mini, full, got "tny"; did you mean "tiny"?',
  ],
  [['study', 'plan', '--seeds', 'x'], '--seeds must be seeds such as 7,8 or 101-103, at most 1000, got "x"'],
  [['study', 'plan', '--seeds', '7,7'], '--seeds must name each value once, got 7 twice'],
  [['study', 'run', '--scale', 'tiny'], '--out is required, got none'],
  [
    ['serve', 'no-such-model'],
    '<model> must be an existing file or folder, the address of a server, or a hub\'s OWNER/NAME, got "no-such-model"',
  ],
  [['convert', 'none.gguf', 'b'], '<from> must be an existing file or folder, got "none.gguf"'],
  [
    ['convert', 'none.gguf', 'b', '--dtype', 'f17'],
    '--dtype must be one of f32, f16, bf16, q8_0, got "f17"; did you mean "f16"?',
  ],
])('wrong usage ends with code 2 and says what is wrong: %j', async (parameters, err) => {
  expect(await run(...parameters)).toEqual({ code: 2, out: '', err: `error: ${err}\n` });
});

describe('imitation-lab convert', () => {
  test('writes a GGUF file of the asked type', async () => {
    const model = await tinyGguf(folder);
    const { code, out } = await run('convert', model, 'converted.gguf', '--dtype', 'bf16');
    expect([code, out]).toEqual([0, 'converted.gguf\n']);
    const file = await openGguf(join(folder, 'converted.gguf'));
    await file.close();
    expect([file.tensors.get('token_embd.weight')?.type, file.metadata.get('general.file_type')]).toEqual([
      'BF16',
      32,
    ]);
  });

  test.each([
    ['converted', '--dtype', 'q8_0', '--dtype q8_0 requires a .gguf file to write, got converted'],
    ['c.gguf', '--max-shard-size', '1MB', '--max-shard-size requires a folder to write, got c.gguf'],
  ])('refuses to write %s with %s %s', async (to, flag, value, err) => {
    const model = await tinyGguf(folder);
    expect(await run('convert', model, to, flag, value)).toMatchObject({ code: 2, err: `error: ${err}\n` });
  });

  test('writes a folder of the asked type and size of files, and names them', async () => {
    const model = await tinyGguf(folder);
    const flags = ['--dtype', 'bf16', '--max-shard-size', '5KB', '--json'];
    const { code, out } = await run('convert', model, 'converted', ...flags);
    expect(code).toBe(0);
    const { files } = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    expect(files[0]).toMatch(/^converted.model-00001-of-0000\d\.safetensors$/);
    expect(JSON.parse(await readFile(join(folder, 'converted/config.json'), 'utf8')).torch_dtype).toBe(
      'bfloat16',
    );
  });

  test('refuses a size without a unit as wrong usage, and fails with a file that is no model', async () => {
    expect((await run('convert', 'a.gguf', 'b', '--max-shard-size', '5')).code).toBe(2);
    await writeFile(join(folder, 'text.gguf'), 'no model');
    expect((await run('convert', 'text.gguf', 'b')).code).toBe(1);
  });
});
