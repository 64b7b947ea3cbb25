import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from 'arquero';
import { describe, expect, test } from 'vitest';
import { answersTable, compare } from '../../../src/compare/index.ts';
import { loadAnswers } from '../../../src/data/index.ts';
import { checkComparison, parseComparison, stringifyComparisonLines } from '../../../src/readers/index.ts';
import { COMPARISON_MIME, type SentenceLabel } from '../../../src/schema.ts';
import { IMPORT_CASES } from '../../fixtures/import-cases.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'compare-'));
const file = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const rows = [
  { prompt: 'Why?', student: 'S1.', master: 'M1.' },
  { prompt: 'How?', student: 'S2.', master: 'M2.' },
];

describe('one source', () => {
  test('rows, a CSV file and an arquero table give the same comparison, the named teacher first', async () => {
    const csv = await file('mine.csv', 'prompt,student,master\nWhy?,S1.,M1.\nHow?,S2.,M2.\n');
    const fromRows = await compare(rows, { teacher: 'master' });
    expect(fromRows.answers).toEqual([
      { id: 'master', label: 'master', role: 'teacher' },
      { id: 'student', label: 'student', role: 'imitation' },
    ]);
    expect(
      fromRows.items.map(({ prompt, answers }) => [prompt, answers.master?.text, answers.student?.text]),
    ).toEqual([
      ['Why?', 'M1.', 'S1.'],
      ['How?', 'M2.', 'S2.'],
    ]);
    expect(await compare(csv, { teacher: 'master' })).toEqual(fromRows);
    const columns = table({ prompt: ['Why?', 'How?'], student: ['S1.', 'S2.'], master: ['M1.', 'M2.'] });
    expect(await compare(columns, { teacher: 'master' })).toEqual(fromRows);
  });

  test('without a name the first column is the teacher; roles can say otherwise of the rest', async () => {
    const { answers } = await compare(rows, { roles: { master: 'other' } });
    expect(answers.map(({ id, role }) => [id, role])).toEqual([
      ['student', 'teacher'],
      ['master', 'other'],
    ]);
  });

  test('rows of one answer each are gathered by model', async () => {
    const long = await file(
      'long.jsonl',
      ['a', 'b'].map(model => JSON.stringify({ prompt: 'Why?', model, text: `${model}!` })).join('\n'),
    );
    expect((await compare(long)).items).toMatchObject([
      { answers: { a: { text: 'a!' }, b: { text: 'b!' } } },
    ]);
  });

  test('a comparison file keeps labels, ratings and metrics', async () => {
    const text = readFileSync(new URL('../../fixtures/nasty.compare.json', import.meta.url), 'utf8');
    const nasty = parseComparison(text, 'nasty.compare.json');
    expect(await compare(await file('x.compare.jsonl', stringifyComparisonLines(nasty)))).toEqual(nasty);
    expect(await compare(nasty, { title: 'Mine' })).toEqual({ ...nasty, title: 'Mine' });
  });

  test('an unknown teacher is refused with the columns there are, and so is a file of prompts', async () => {
    await expect(compare(rows, { teacher: 'gpt-4' })).rejects.toThrow(
      'Cannot compare rows: no answers of "gpt-4", only of student, master',
    );
    await expect(compare([{ prompt: 'Why?' }])).rejects.toThrow(
      'Cannot read rows: a file of answers is required, found prompts without answers',
    );
    const nothing: unknown = undefined;
    await expect(compare(nothing as [])).rejects.toThrow(
      'Cannot compare: a file, the name of a public record, rows or a table is required, found undefined',
    );
  });
});

describe('what is read', () => {
  test('is printed in a sentence, and an option that is unknown is refused', async () => {
    const printed: string[] = [];
    await compare(rows, { print: sentence => printed.push(sentence) });
    expect(printed).toEqual(['rows: table, 2 prompts, answers of student and master.']);
    const misspelt: object = { teecher: 'master' };
    await expect(compare(rows, misspelt)).rejects.toThrow(
      'compare: unknown option "teecher"; did you mean "teacher"?',
    );
  });

  test('is stated by columns, the teacher among them', async () => {
    const { answers } = await compare([{ task: 'Why?', student: 'S1.', master: 'M1.', mood: 'fine' }], {
      columns: { prompt: 'task', models: ['student'], teacher: 'master' },
    });
    expect(answers.map(({ id, role }) => [id, role])).toEqual([
      ['master', 'teacher'],
      ['student', 'imitation'],
    ]);
  });

  test('of battles keeps who won', async () => {
    const turns = (content: string) => [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content },
    ];
    const battle = { model_a: 'm1', model_b: 'm2', winner: 'model_b', judge: 'u1' };
    const { items } = await compare([
      { ...battle, conversation_a: turns('A.'), conversation_b: turns('B.') },
    ]);
    expect(items).toMatchObject([
      {
        prompt: 'Why?',
        answers: { m1: { text: 'A.' }, m2: { text: 'B.' } },
        ratings: [{ annotator: 'u1', left: 'm1', right: 'm2', choice: 'right' }],
      },
    ]);
  });

  test.each(IMPORT_CASES.filter(({ expected: { kind, models } }) => kind === undefined && models.length > 0))(
    'of $name shows the models that are understood',
    async ({ name, content, expected }) => {
      await writeFile(join(folder, name), content);
      const { answers } = await compare(join(folder, name), { print: () => {} });
      expect(answers.map(({ id }) => id)).toEqual(expected.models);
    },
  );

  test.each(
    IMPORT_CASES.filter(({ expected: { kind, models } }) => kind !== undefined || models.length === 0),
  )('of $name is refused, since it holds no answers', async ({ name, content }) => {
    await writeFile(join(folder, name), content);
    await expect(compare(join(folder, name))).rejects.toThrow(
      /(a (file of|row with an) answers?|an answer of the assistant .*|the role of a user, .*) is required/,
    );
  });
});

describe('a teacher and models', () => {
  const teacher = [
    { id: 1, text: 'T1' },
    { id: 2, text: 'T2' },
    { id: 3, text: 'T3' },
  ];
  const first = [
    { id: 1, text: 'A1' },
    { id: 2, text: null, error: 'timeout' },
  ];
  const second = [
    { id: 1, text: 'B1' },
    { id: 2, text: 'B2' },
    { id: 2, text: 'B2 again' },
  ];

  test('bear their labels, and what lacks an answer is listed with its reason', async () => {
    const comparison = await compare({
      title: 'Three',
      teacher: { Teacher: teacher },
      models: { A: first, B: second },
      prompts: [
        { id: 1, text: 'Why?', category: 'generic' },
        { id: 2, text: 'How?' },
      ],
    });
    expect(checkComparison(comparison)).toEqual({
      version: 1,
      title: 'Three',
      answers: [
        { id: 'Teacher', label: 'Teacher', role: 'teacher' },
        { id: 'A', label: 'A', role: 'imitation' },
        { id: 'B', label: 'B', role: 'imitation' },
      ],
      unmatched: [
        { promptId: '2', missing: ['A'], reason: 'timeout' },
        { promptId: '3', missing: ['A', 'B'] },
      ],
      duplicates: [{ promptId: '2', answer: 'B' }],
      items: [
        {
          promptId: '1',
          prompt: 'Why?',
          category: 'generic',
          answers: { Teacher: { text: 'T1' }, A: { text: 'A1' }, B: { text: 'B1' } },
        },
        { promptId: '2', prompt: 'How?', answers: { Teacher: { text: 'T2' }, B: { text: 'B2' } } },
      ],
    });
  });

  test('can be answers that were read before, in a list, and models of one name stay apart', async () => {
    const answers = await loadAnswers(teacher, { name: 'gpt' });
    const { answers: columns } = await compare({ teacher: answers, models: [answers, answers] });
    expect(columns.map(({ id, role }) => [id, role])).toEqual([
      ['gpt', 'teacher'],
      ['gpt (2)', 'imitation'],
      ['gpt (3)', 'imitation'],
    ]);
  });

  test('two teachers are refused', async () => {
    await expect(compare({ teacher: { a: teacher, b: teacher }, models: first })).rejects.toThrow(
      'Cannot compare: one teacher is required, found 2',
    );
  });
});

describe('labels', () => {
  const label: SentenceLabel = {
    promptId: '1',
    model: 'b',
    start: 4,
    end: 7,
    quote: 'is.',
    label: 'incorrect',
    annotator: 'ada',
    source: 'human',
  };
  const answers = [{ id: 1, a: 'So.', b: 'It, is.' }];

  test('are attached to their item', async () => {
    const { items } = await compare(answers, { labels: [label] });
    expect(items[0]?.labels).toEqual([label]);
  });

  test('whose quote is not the text there are refused', async () => {
    await expect(compare(answers, { labels: [{ ...label, start: 3 }] })).rejects.toThrow(
      'Cannot attach a label to b’s answer to prompt "1": "is." at 3 is required, " is" is there',
    );
    await expect(compare(answers, { labels: [{ ...label, promptId: '9' }] })).rejects.toThrow(
      'Cannot attach a label to prompt "9": the comparison has no such prompt',
    );
    await expect(compare(answers, { labels: [{ ...label, model: 'c' }] })).rejects.toThrow(
      'Cannot attach a label to c’s answer to prompt "1": an answer is required, there is none',
    );
  });

  test('need no more than a quote that occurs once', async () => {
    const short = { promptId: '1', model: 'b', quote: 'is.', label: 'incorrect' } as const;
    const { items } = await compare(answers, { labels: [short] });
    expect(items[0]?.labels).toEqual([{ ...label, annotator: 'analyst' }]);
    await expect(compare(answers, { labels: [{ ...short, quote: 'was.' }] })).rejects.toThrow(
      'the quote "was." is required, it does not occur there',
    );
    const twice = [{ id: 1, a: 'So.', b: 'is. is.' }];
    await expect(compare(twice, { labels: [short] })).rejects.toThrow(
      'its start is required, "is." occurs there more than once',
    );
    expect((await compare(twice, { labels: [{ ...short, start: 4 }] })).items[0]?.labels?.[0]?.start).toBe(4);
  });
});

test('in a notebook a comparison shows itself as data, table and words; as data it stays plain', async () => {
  const comparison = await compare(rows, { title: 'Mine' });
  const show: unknown = Reflect.get(comparison, Symbol.for('Jupyter.display'));
  const bundle: unknown = typeof show === 'function' && show();
  expect(bundle).toEqual({
    [COMPARISON_MIME]: comparison,
    'text/html': expect.stringMatching(/^<table /),
    'text/plain': 'Mine: 2 answers to 2 prompts: student (teacher), master',
  });
  expect(JSON.parse(JSON.stringify(comparison))).toEqual({ ...comparison });
  expect(Object.getOwnPropertySymbols({ ...comparison })).toEqual([]);
});

test('as an arquero table it has one row a prompt and one column an answer', async () => {
  const comparison = await compare({
    teacher: {
      prompt: [
        { id: 1, text: 'T1' },
        { id: 2, text: 'T2' },
      ],
    },
    models: {
      A: [
        { id: 1, text: 'A1' },
        { id: 2, text: 'A2' },
      ],
      B: [{ id: 1, text: 'B1' }],
    },
    prompts: [{ id: 1, text: 'Why?', category: 'generic' }],
  });
  expect(answersTable(comparison).objects()).toEqual([
    { promptId: '1', prompt: 'Why?', category: 'generic', 'prompt (2)': 'T1', A: 'A1', B: 'B1' },
    { promptId: '2', prompt: '', category: null, 'prompt (2)': 'T2', A: 'A2', B: null },
  ]);
});

test('public records come with their questions and categories', WITH_RECORDS, async () => {
  const { items, unmatched } = await compare({
    teacher: { ChatGPT: 'fastchat/gpt35' },
    models: { Vicuna: 'fastchat/vicuna-13b', Guanaco: 'qlora/65b-guanaco' },
    prompts: 'fastchat/questions',
  });
  expect(unmatched).toBeUndefined();
  expect(items).toHaveLength(80);
  expect(items[0]).toMatchObject({
    promptId: '1',
    prompt: 'How can I improve my time management skills?',
    category: 'generic',
  });
});
