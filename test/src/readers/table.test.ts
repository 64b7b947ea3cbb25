import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Columns, parseColumns, parseSource, type SourceReport } from '../../../src/readers/index.ts';

const read = (text: string, columns?: Columns) =>
  parseSource(text, { name: 'mine.csv', ...(columns && { columns }) });
const reportOf = (text: string, columns?: Columns) => read(text, columns).report;

/** Cells that are clearly answers: more words than metadata have. */
const LONG = ['It is the first of many.', 'Nobody knows for sure yet.'];

describe('a column', () => {
  test.each(['prompt', 'Question', 'INPUT', 'instruction', 'query'])('named %s is the prompt', name => {
    const { prompts, report } = read(`gpt-4,${name}\nx,Why?\n`);
    expect(prompts.map(({ text }) => text)).toEqual(['Why?']);
    expect(report.models).toEqual(['gpt-4']);
  });

  test.each(['answer', 'Reference', 'target', 'GOLD', 'expected'])(
    'named %s is the reference beside models',
    name => {
      const { prompts, report } = read(`prompt,${name},gpt-4,mine\nWhy?,So,x,y\n`);
      expect(report).toMatchObject({ reference: name, models: ['gpt-4', 'mine'] });
      expect(prompts[0]?.reference).toBe('So');
    },
  );

  test('named answer holds the answers where no other does', () => {
    expect(reportOf('question,answer\nWhy?,So\n')).toMatchObject({ models: ['mine'] });
    expect(reportOf('question,answer\nWhy?,So\n')).not.toHaveProperty('reference');
  });

  test.each(['output', 'Response', 'completion'])(
    'named %s holds answers of the model that the file is named after',
    name => {
      expect(reportOf(`prompt,${name}\nWhy?,So\n`).models).toEqual(['mine']);
      expect(reportOf(`prompt,${name},gpt-4\nWhy?,So,${LONG[0]}\n`).models).toEqual(['mine', 'gpt-4']);
      expect(reportOf(`prompt,Model,${name}\nWhy?,vicuna,So\n`).models).toEqual(['vicuna']);
    },
  );

  test('in which text fills less than half of the rows is no model', () => {
    const text = 'prompt,gpt-4,sometimes\na,x,\nb,y,\nc,z,only here\n';
    expect(reportOf(text)).toMatchObject({ models: ['gpt-4'], ignored: ['sometimes'] });
  });
});

describe('a column that looks like metadata', () => {
  const table = (cells: string[]) =>
    `prompt,mine,mood\n${LONG.map((answer, i) => `q${i},${answer},${cells[i]}`).join('\n')}\n`;

  test.each([
    ['few short values', ['good', 'very good'], '2 different values of at most 3 words'],
    ['numbers', ['0.5', '17 %'], 'numbers'],
  ])('(%s) is ambiguous beside a clear model, and both readings are listed', (_, cells, words) => {
    expect(() => read(table(cells))).toThrow(
      'Cannot read mine.csv: the meaning of the columns, as "columns" or --columns states it, is required, ' +
        `found the column "mood" (${words}), which may be answers of a model (models=mine,mood) or metadata (models=mine)`,
    );
  });

  test('is a model where a reference exists, or no other column is one', () => {
    const withReference = table(['Rome', 'Lima'])
      .replace('prompt', 'reference,prompt')
      .replace(/^q/gm, 'r,q');
    expect(reportOf(withReference).models).toEqual(['mine', 'mood']);
    expect(reportOf('prompt,a,b\nq,yes,12\nr,no,7\n').models).toEqual(['a', 'b']);
  });

  test('is what is stated', () => {
    expect(reportOf(table(['good', 'bad']), { models: ['mine'] })).toMatchObject({
      models: ['mine'],
      ignored: ['mood'],
    });
    expect(reportOf(table(['good', 'bad']), { models: ['mine', 'mood'] }).models).toEqual(['mine', 'mood']);
    expect(reportOf(table(['good', 'bad']), { teacher: 'mood' })).toMatchObject({
      models: ['mine', 'mood'],
      teacher: 'mood',
    });
    expect(reportOf(table(['good', 'bad']), { reference: 'MOOD' })).toMatchObject({
      models: ['mine'],
      reference: 'mood',
    });
  });
});

test('two columns that may both hold the answers, or the reference, are ambiguous', () => {
  expect(() => read('prompt,output,response\nq,a,b\n')).toThrow(
    'the columns "output" and "response", each of which may hold the answers (models=output or models=response)',
  );
  expect(() => read('prompt,gold,answer,gpt-4\nq,a,b,c\n')).toThrow(
    'the columns "gold" and "answer", each of which may hold the reference (reference=gold or reference=answer)',
  );
  expect(reportOf('prompt,gold,answer\nq,a,b\n')).toMatchObject({ reference: 'gold', models: ['mine'] });
});

test('rows that name their answers differently are read all the same', () => {
  const rows = [
    { prompt: 'a', output: 'x' },
    { question: 'b', response: 'y' },
  ];
  const { generations, prompts } = parseSource(rows.map(row => JSON.stringify(row)).join('\n'), {
    name: 'm.jsonl',
  });
  expect(prompts.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(generations.map(({ model, text }) => [model, text])).toEqual([
    ['m', 'x'],
    ['m', 'y'],
  ]);
});

test('what is stated of columns is read from a command line, as a list or as JSON', () => {
  expect(parseColumns('prompt=my question, models=gpt-4,mine,reference=gold')).toEqual({
    prompt: 'my question',
    models: ['gpt-4', 'mine'],
    reference: 'gold',
  });
  expect(parseColumns('{"models": ["a,b", "c=d"], "teacher": "a,b"}')).toEqual({
    models: ['a,b', 'c=d'],
    teacher: 'a,b',
  });
  expect(() => parseColumns('teecher=gpt-4')).toThrow('found "teecher"; did you mean "teacher"?');
  expect(() => parseColumns('gpt-4')).toThrow('prompt=NAME or another part is required, found "gpt-4"');
  expect(() => parseColumns('prompt=a,b')).toThrow('one column as prompt is required, found "a,b"');
  expect(() => parseColumns('{"models"')).toThrow('a JSON object is required, found "{"models""');
});

/** Names of metadata, and of what measures an answer, with values that could be answers. */
const METADATA = {
  ...{ id: 'k', index: '0', topic: 'A long story of the town.', category: 'c', tags: 'a, b', language: 'en' },
  ...{
    difficulty: 'hard',
    source: 'https://a.example',
    dataset: 'd',
    split: 'test',
    url: 'u',
    date: '2024-01-01',
  },
  ...{
    time: '12:00',
    rater: 'Ann',
    reviewer: 'Bob',
    annotator: 'Cy',
    notes: 'This is a very good one, I think.',
  },
  ...{ comment: 'This is a bad one, I would say.', label: 'good', score: '0.5', rating: '4', tokens: '17' },
  ...{ length: '80', latency: '1.5', question_id: 'q', created_at: 'now', 'exact match': '1' },
};
const anyCase = (name: string) =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map(upper => [...name].map((sign, i) => (upper[i] ? sign.toUpperCase() : sign)).join(''));

/** A table of `prompt`, a reference perhaps, and models, with metadata, its columns in any order. */
const tables = fc
  .record({
    prompt: fc.constantFrom('prompt', 'question', 'input', 'instruction', 'query').chain(anyCase),
    reference: fc.option(fc.constantFrom('answer', 'reference', 'target', 'gold', 'expected').chain(anyCase)),
    models: fc.uniqueArray(fc.constantFrom('gpt-4', 'mine', 'Llama 2 7B', 'b', 'vicuña'), { minLength: 1 }),
    metadata: fc.subarray(Object.keys(METADATA)).chain(names => fc.tuple(...names.map(anyCase))),
  })
  .chain(parts => {
    const { prompt, reference, models, metadata } = parts;
    const columns = [prompt, ...(reference === null ? [] : [reference]), ...models, ...metadata];
    return fc.record({
      parts: fc.constant(parts),
      columns: fc.shuffledSubarray(columns, { minLength: columns.length }),
      short: fc.boolean(),
    });
  });

const metadataOf = (column: string, row: number) =>
  Object.entries(METADATA).find(([name]) => name === column.toLowerCase())?.[1] ?? `m${row}`;

test('neither the order nor the case of columns nor further metadata changes the models', () => {
  fc.assert(
    fc.property(tables, ({ parts: { prompt, reference, models }, columns, short }) => {
      const rows = [0, 1, 2].map(row =>
        columns.map(column => {
          if (column === prompt) return `Question ${row}`;
          if (column === reference) return `Gold ${row}`;
          return models.some(model => model === column)
            ? `${short ? 'Yes' : LONG[row % 2]}`
            : metadataOf(column, row);
        }),
      );
      const csv = [columns, ...rows].map(cells => cells.map(cell => `"${cell}"`).join(',')).join('\n');
      const json = rows.map(cells =>
        JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, cells[i]]))),
      );
      for (const [name, text] of [
        ['t.csv', csv],
        ['t.jsonl', json.join('\n')],
      ] as const) {
        const report: SourceReport = parseSource(text, { name }).report;
        expect([...report.models].sort()).toEqual([...models].sort());
        expect(report.reference).toBe(reference ?? undefined);
        expect(report.prompts).toBe(3);
      }
    }),
  );
});

test('long texts about the answers, and what the prompt is about, are no models', () => {
  const names = ['Rationale', 'explanation', 'Feedback', 'critique', 'passage', 'best_answer'];
  const rows = LONG.map((answer, i) => [`q${i}`, answer, ...names.map(name => `A long ${name} of row ${i}`)]);
  const text = [['prompt', 'mine', ...names], ...rows].map(cells => cells.join(',')).join('\n');
  expect(parseSource(text, { name: 't.csv' }).report).toMatchObject({
    models: ['mine'],
    reference: 'best_answer',
    ignored: ['Rationale', 'explanation', 'Feedback', 'critique', 'passage'],
  });
});
